# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A mail domain (facts-server 2)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.names import readable_name
from .._engine.identity import ByName
from .._engine.kind import In, Kind, Situation, Write, counts, shows
from .._engine.ways import Named
from .._fields.features import RateLimit, Tags, Template, kept_key
from .._fields.field import Field, Older
from .._fields.mail import Domain, Selector
from .._fields.plain import MIB, Flag, Line, Mebibytes, Number, NumberChoice
from .._fields.servers import RelayHost
from ._places import MAILBOX_NAMES, RESOURCE_NAMES, itself

if TYPE_CHECKING:
    from .._fields.field import Body, Raw


@dataclasses.dataclass(frozen=True)
class Footer(Field):
    """The footer that is added to mails sent from a domain. mailcow replaces all of it, and never returns it. ``exclude``: the
    key of the addresses without a footer; alias domains among them require a newer server.
    """

    exclude: str = "exclude"

    type: ClassVar[str] = "dict"
    new: ClassVar[tuple[str, str] | None] = ("an alias domain in exclude", "2024-02")

    def details(self) -> dict[str, Any]:
        return {
            "options": {
                "html": {"type": "str", "default": ""},
                "plain": {"type": "str", "default": ""},
                "skip_replies": {"type": "bool", "default": False},
                "exclude": {"type": "list", "elements": "str", "default": []},
            }
        }

    def body(self, value: Any) -> Body:
        exclude = [item.strip().lower() for item in value["exclude"]]
        texts = {"html": value["html"], "plain": value["plain"], "skip_replies": int(value["skip_replies"])}
        return dict(texts, **{self.exclude if exclude else "exclude": exclude})

    def is_new(self, value: Any) -> bool:
        return any("@" not in item for item in value["exclude"])


class BackupMx(Flag):
    """Whether mailcow relays mail for a domain. For a domain with another number, it neither relays nor accepts mail
    (facts-mailboxes 0.5), so that both values are a change.
    """

    def from_server(self, value: Any) -> Any:
        return {0: False, 1: True}.get(int(value))


_IMPLIED = (
    ("relay_unknown_only", "relay_all_recipients"),
    ("relay_unknown_only", "backupmx"),
    ("relay_all_recipients", "backupmx"),
)


def _check(situation: Situation) -> None:
    given, merged = situation.given, situation.merged
    if situation.current is None and given.get("description") == "":
        raise InvalidValue("description", "mailcow cannot empty the description of a domain")
    # mailcow silently enables the others if one of these is enabled (facts-server 2).
    for option, implied in _IMPLIED:
        if merged.get(option) and given.get(implied) is False:
            raise InvalidValue(implied, "mailcow keeps this enabled while %s is true; set both to false" % option)
    for option, most in (("defquota", "maxquota"), ("maxquota", "quota")):
        known = option in merged and most in merged
        if known and not given.keys().isdisjoint((option, most)) and merged[option] > merged[most]:
            raise InvalidValue(option, "%s MiB is more than the %s of the domain, %s MiB" % (merged[option], most, merged[most]))
    if situation.raw and situation.firm:
        _check_use(given, situation.raw)


def _check_use(given: Mapping[str, Any], raw: Raw) -> None:
    """Raise InvalidValue if a limit would be lower than what the mailboxes of the domain already use."""
    there = int(raw["mboxes_in_domain"])
    if given.get("mailboxes", there) < there:
        raise InvalidValue("mailboxes", "mailboxes in the domain: %s; mailboxes cannot be set lower" % there)
    used = int(raw["quota_used_in_domain"])
    if given.get("quota", used) * MIB < used:
        raise InvalidValue("quota", "the mailboxes of the domain already use %s MiB of quota; quota cannot be set lower" % (used // MIB))


def display_name(raw: Raw) -> str:
    """Give the name of a domain in Unicode, which mailcow returns since 2024-02."""
    return raw.get("domain_h_name") or readable_name(raw["domain_name"])


DOMAIN = Kind(
    name="domain",
    plural="domains",
    title="domain",
    identity=ByName(Domain("domain", read="domain_name")),
    # get/domain of an alias domain returns its target (facts-server 2).
    read=Named("domain", all="domain/all", another="is an alias domain of {domain_name}"),
    write=Write("domain"),
    belongs=In("domain", itself, needed=False),
    place="domain",
    check=_check,
    holds=(MAILBOX_NAMES, RESOURCE_NAMES),
    cautions=kept_key,
    fields=(
        Line("description", clearable=False),
        Number("aliases", read="max_num_aliases_for_domain", clearable=False),
        Number("mailboxes", read="max_num_mboxes_for_domain"),
        Mebibytes("defquota", read="def_quota_for_mbox", least=1),
        Mebibytes("maxquota", read="max_quota_for_mbox", least=1),
        Mebibytes("quota", read="max_quota_for_domain", least=1),
        Flag("active"),
        Flag("gal"),
        BackupMx("backupmx"),
        Flag("relay_all_recipients"),
        Flag("relay_unknown_only"),
        RelayHost("relayhost", on_add=False),
        Tags("tags", remove="domain/tag"),
        RateLimit("rate_limit", via="rl-domain"),
        Footer(
            "footer",
            read=None,
            on_add=False,
            via="domain/footer",
            policy="update_write_only",
            older=Older("2024-02", {"exclude": "mbox_exclude"}),
        ),
        Template("template", read=None, on_edit=False, templates=("domain/template", "all")),
        Selector("dkim_selector", read=None, on_edit=False),
        NumberChoice("dkim_key_size", read=None, write="key_size", on_edit=False, choices=(0, 1024, 2048, 3072, 4096)),
        Flag("restart_sogo", read=None, on_edit=False),
    ),
    status=dict(
        shows("created", "modified"),
        display_name=display_name,
        **counts("mboxes_in_domain", "mboxes_left", "aliases_in_domain", "aliases_left", "msgs_total", "bytes_total"),
        **counts("quota_used_in_domain", "max_new_mailbox_quota", "def_new_mailbox_quota"),
        domain_admins=lambda raw: [name for name in (raw.get("domain_admins") or "-").split(", ") if name != "-"],
    ),
)
