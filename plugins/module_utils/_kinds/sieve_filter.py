# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A Sieve filter of a mailbox, of which at most one of each type is active (facts-mailboxes 16)."""

from __future__ import annotations

from .._api.errors import InvalidValue
from .._engine.identity import ByParts
from .._engine.kind import Kind, OneAmong, Situation, Write, shows
from .._engine.ways import PerOwner
from .._fields.mail import MailboxName
from .._fields.plain import Choice, Flag, Line, Lines
from ._places import IN_MAILBOX, MAILBOXES

# The size of the column of a script in bytes.
_MOST_BYTES = 65535


def _check(situation: Situation) -> None:
    given = situation.given
    for option in ("script_desc", "script_data") if situation.current is None else ():
        if given[option] in ("", "0"):
            raise InvalidValue(option, "mailcow rejects an empty one, and treats %r as empty" % "0")
    if len(given.get("script_data", "").encode()) > _MOST_BYTES:
        raise InvalidValue("script_data", "the script is longer than the %d bytes that mailcow can store" % _MOST_BYTES)


_USERNAME = MailboxName("username", on_edit=False, required_on_create=True)
_TYPE = Choice("filter_type", choices=("prefilter", "postfilter"), required_on_create=True)
_NAME = Line("script_desc", required_on_create=True, clearable=False)

SIEVE_FILTER = Kind(
    name="sieve_filter",
    plural="sieve_filters",
    title="Sieve filter",
    identity=ByParts("id", parts=(_USERNAME, _TYPE, _NAME), place="username"),
    read=PerOwner(MAILBOXES, "filters", all="filters/all"),
    write=Write("filter", unique=False),
    belongs=IN_MAILBOX,
    check=_check,
    one_among=OneAmong("active", among=("username", "filter_type")),
    fields=(
        _USERNAME,
        _TYPE,
        _NAME,
        Lines("script_data", required_on_create=True, clearable=False),
        Flag("active", default=True),
    ),
    status=shows("id"),
)
