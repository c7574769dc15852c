# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A sync job: mail of an account elsewhere is fetched into a mailbox (facts-mailboxes 15)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._fields import Choice, Flag, Number, Secret, Text
from ansible_collections.community.mailcow.plugins.module_utils._identity import Compound
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, counts, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.mailbox import MailboxName, domain_of_owner, owner_of
from ansible_collections.community.mailcow.plugins.module_utils.values.syncjob import HostName, Login, Parameters, Pattern

_USERNAME = MailboxName("username", read="user2", on_edit=False, required_on_create=True)
_HOST1 = HostName("host1", required_on_create=True, clearable=False)
_USER1 = Login("user1", required_on_create=True, clearable=False)
_FLAGS = ("delete2duplicates", "delete1", "delete2", "automap", "skipcrossduplicates", "subscribeall", "dry")

SYNCJOB = Resource(
    kind="syncjob",
    plural="syncjobs",
    title="sync job",
    identity=Compound("id", parts=(_USERNAME, _HOST1, _USER1), place="username"),
    item="id",
    # The password is asked for only where it is needed; the logs, which can be long, come with it.
    read=Read(all="syncjobs/all", scoped="syncjobs", suffix=("no_log",), suffix_for={"password1": ("with_password",)}, per_mailbox=True),
    add=(Add("syncjob"),),
    edit="syncjob",
    delete="syncjob",
    parent=("mailbox", owner_of),
    domain_of=domain_of_owner,
    fields=(
        _USERNAME,
        _HOST1,
        Number("port1", least=1, most=65535, required_on_create=True),
        _USER1,
        Secret("password1", required_on_create=True, clearable=False),
        Choice("enc1", choices=("TLS", "SSL", "PLAIN"), required_on_create=True),
        Number("mins_interval", least=1, most=43800, required_on_create=True),
        # mailcow has an exception when it is omitted.
        Pattern("exclude", default=""),
        Text("subfolder2"),
        Number("maxage", most=32000),
        Number("maxbytespersecond", most=125000000),
        Number("timeout1", least=1, most=32000),
        Number("timeout2", least=1, most=32000),
        *(Flag(name) for name in _FLAGS),
        Parameters("custom_params"),
        Flag("active", default=True),
    ),
    status=dict(
        shows("id", "created", "modified", "last_run", "exit_status"),
        **counts("success"),
        is_running=lambda raw: bool(raw["is_running"]),
    ),
)
