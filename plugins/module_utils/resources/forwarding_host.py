# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A forwarding host: a server whose mail is taken although it comes from elsewhere (facts-server 9)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.forwarding_host import FilterSpam, Host, combine

FORWARDING_HOST = Resource(
    kind="forwarding_host",
    plural="forwarding_hosts",
    title="forwarding host",
    identity=Host("hostname", read="source"),
    item="hosts",
    # mailcow makes an entry for each address that a name stands for.
    read=Read(all="fwdhost/all", combine=combine),
    add=(Add("fwdhost"),),
    edit="fwdhost",
    delete="fwdhost",
    fields=(FilterSpam("filter_spam", read="keep_spam", default=True),),
    status=shows("hosts"),
)
