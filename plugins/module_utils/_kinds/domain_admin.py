# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A domain administrator (facts-server 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.messages import create_first
from .._api.names import domain_name
from .._engine.identity import ByName
from .._engine.kind import Kind, Situation, Write
from .._engine.ways import Named
from .._fields.features import AccountPassword
from .._fields.field import Field
from .._fields.plain import Choices, Flag
from ._administrators import DUTIES, STATUS, UserName, rename
from ._places import ADMIN_NAMES, target_of

if TYPE_CHECKING:
    from .._fields.field import Asks

# The permissions of a domain administrator.
PERMISSIONS = (
    "syncjobs",
    "quarantine",
    "login_as",
    "sogo_access",
    "app_passwds",
    "bcc_maps",
    "pushover",
    "filters",
    "ratelimit",
    "spam_policy",
    "extend_sender_acl",
    "unlimited_quota",
    "protocol_access",
    "smtp_ip_access",
    "alias_domains",
    "mailbox_relayhost",
    "domain_relayhost",
    "domain_desc",
)


class Domains(Field):
    """A set of domains."""

    type: ClassVar[str] = "list"
    absent = ()
    left_out: ClassVar[bool] = True

    def canonical(self, value: Any) -> Any:
        return sorted({domain_name(item) for item in value})

    def from_server(self, value: Any) -> Any:
        return sorted(name.lower() for name in value)

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        # mailcow reports success if none of the domains exists, but creates only half of the administrator.
        new = [name for name in wanted if not current or name not in current]
        for name, answer in zip(new, server.each(lambda name: server.ask("domain", name), new)):
            # In check mode, an earlier task would have created it.
            if answer is None and not server.check_mode:
                raise InvalidValue(self.option, create_first("domain", name))
            if answer and target_of(answer) != name:
                raise InvalidValue(self.option, "%s is an alias domain of %s; set the latter" % (name, target_of(answer)))
        return wanted

    def is_empty(self, value: Any) -> bool:
        return not value


def _check(situation: Situation) -> None:
    if not situation.given.get("domains", True):
        raise InvalidValue("domains", "a domain administrator needs at least one domain; to remove all domains, delete the administrator")


DOMAIN_ADMIN = Kind(
    name="domain_admin",
    plural="domain_admins",
    title="domain administrator",
    identity=ByName(UserName("username")),
    read=Named("domain-admin", all="domain-admin/all"),
    write=Write("domain-admin"),
    # Renaming to the name of an administrator fails halfway in mailcow.
    rename=rename("domain-admin"),
    clashes=lambda identity, holder: [(ADMIN_NAMES, identity)],
    check=_check,
    fields=(
        AccountPassword("password", read=None, policy="update_password", required_on_create=True),
        Domains("domains", read="selected_domains", required_on_create=True, clearable=False),
        Flag("active", default=True),
        *DUTIES,
        Choices("acl", read=None, write="da_acl", via="da-acl", on_add=False, choices=PERMISSIONS, policy="update_write_only"),
    ),
    status=STATUS,
)
