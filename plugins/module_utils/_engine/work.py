# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state of the engine's work on one object, and its outcome."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .._fields.field import MISSING
from .plan import Plan, Wanted

if TYPE_CHECKING:
    from .._api.errors import MailcowError
    from .._api.request import Request
    from .._fields.field import Field
    from .kind import Kind
    from .reading import Existing
    from .succession import Succession

# Maximum number of writes with an unknown outcome before the object fails.
_UNKNOWN = 3


@dataclasses.dataclass
class Outcome:
    """The outcome of one `plan.Wanted`.

    ``identity``: that of the object in the end, which a rename changes. ``plan``: the first plan, whose action, before and after
    are the result, in check mode and in a real run. ``current``: the object as last read, None if it does not exist. ``error``: that
    of the failure, None if it succeeded. ``done``: the completed writes.
    """

    wanted: Wanted
    identity: str = ""
    plan: Plan = dataclasses.field(default_factory=Plan)
    current: Existing | None = None
    error: MailcowError | None = None
    warnings: list[str] = dataclasses.field(default_factory=list)
    done: list[Request] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        self.identity = self.identity or self.wanted.identity

    @property
    def changed(self) -> bool:
        """Whether something was, or in check mode would be, written."""
        return self.plan.action != "none"


class Work:
    """The state of the work on one object.

    ``wish``: what is still wanted, with the present name of the object; ``renamed``: the existing object with the new
    name. ``next``: the plan of this round. ``lost``: the requests of the last round whose answers did not arrive;
    ``refusal``: the error, the request and the requests after it, if mailcow refused one in the last round. ``claim``: what mailcow
    reported to have done in the last round, None if its answer did not arrive. ``unknown``: the number of writes with an unknown
    outcome. ``surplus``: the duplicate that another run created at the same time. ``alone``: whether its writes must not be combined with
    others, because a combined one failed. ``left``: the succession of which something may be left under the other name; ``waited``:
    whether the engine has waited for it.
    """

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.wish = outcome.wanted
        self.next = Plan()
        self.renamed: Existing | None = None
        self.tried: dict[str, int] = {}
        self.written: set[str] = set()
        self.created = False
        self.claim: str | None = None
        self.unknown = 0
        self.alone = False
        self.interrupted = False
        self.lost: list[Request] = []
        self.refusal: tuple[MailcowError, Request, Sequence[Request]] | None = None
        self.surplus: Sequence[Existing] = ()
        self.left: Succession | None = None
        self.waited = False

    def choose(self, kind: Kind) -> None:
        """Of several objects with the identity, select the one in the wanted state, if some did not exist before this run. If two runs
        created the same object at the same time, both keep the lowest ID, so that one is left. Objects that differ are kept.
        """
        self.surplus = ()
        current = self.outcome.current
        if not (current and current.twins and (self.created or self.wish.chooses)):
            return
        twins = sorted(current.twins, key=lambda twin: (isinstance(twin.item, str), twin.item))
        fields = [field for field in kind.managed(self.wish.values) if field.readable and not (self.created and _follows(kind, field))]
        alike = [twin for twin in twins if _alike(fields, twin.values, self.wish.values)]
        if self.created and not alike and all(_alike(fields, twin.values, twins[0].values) for twin in twins):
            alike = twins
        if alike:
            self.outcome.current = alike[0]
            self.surplus = alike[1:] if self.created else ()

    def is_renamed(self) -> None:
        """Continue with the new name."""
        if self.wish.rename_to:
            self.wish = dataclasses.replace(self.wish, identity=self.wish.rename_to, rename_to=None)
            self.outcome.identity = self.wish.identity
            self.outcome.current = self.renamed

    def fail(self, error: MailcowError, untried: Sequence[Request] = ()) -> None:
        """Save the error of the object, with what was done before and the requests that were not sent."""
        error = error.copy()
        if self.outcome.done:
            error.add("Done before that: %s" % ", ".join(request.path for request in self.outcome.done))
            if untried:
                error.add("Not tried: %s" % ", ".join(request.path for request in untried))
        self.outcome.error = error

    def did(self, request: Request) -> None:
        """Save a completed write."""
        if not (request.trial or request.aside):
            self.outcome.done.append(request)
        steps = self.next.succession
        if steps and request == steps.gone:
            self.left = None
        self._may_leave(request)

    def _may_leave(self, request: Request) -> None:
        steps = self.next.succession
        if steps and request == steps.made:
            self.left = steps

    def lose(self, request: Request) -> None:
        """End this round: reading the object again shows whether the write was done."""
        self.interrupted = True
        self.lost.append(request)
        self._may_leave(request)

    def interrupt(self, error: MailcowError, request: Request) -> None:
        """Lose a write without a usable answer, which may not happen too often."""
        self.lose(request)
        self.unknown += 1
        if self.unknown > _UNKNOWN or request.trial:
            self.fail(error)

    def refuse(self, error: MailcowError, request: Request, untried: Sequence[Request]) -> None:
        """End this round: reading the object again shows whether somebody else has done it in the meantime."""
        self.interrupted = True
        self.refusal = (error, request, untried)
        if not _says_no(error):
            self._may_leave(request)

    def settle(self) -> None:
        """Compare the new plan with the previous round: a refused request that is still necessary is the failure of the object, and one
        that is no longer necessary was done.
        """
        if not self.lost and self.refusal is None:
            return
        again = [_what(request) for request in self.next.requests]
        for request in self.lost:
            if _what(request) not in again and not request.aside:
                self.outcome.done.append(request)
        self.lost = []
        if self.refusal:
            error, request, untried = self.refusal
            self.refusal = None
            entries = getattr(error, "entries", ())
            # mailcow did a part of it, so it refused what this run wants, and not because of another run.
            if request.trial or _what(request) in again or any(entry.type == "success" for entry in entries):
                self.fail(error, untried)
            elif not _says_no(error):
                # An exception after the change, or an answer that is not from mailcow.
                self.outcome.done.extend([] if request.aside else [request])
            elif not self.outcome.done:
                # Somebody else did all of it, so the rest is the whole change of this run.
                self.outcome.plan = self.next

    def finish_round(self) -> None:
        """Process what mailcow reported to have done."""
        plan = self.next
        self.created = self.created or plan.action == "create"
        self.claim = None if self.interrupted else plan.action
        if self.claim:
            for option in plan.edited - plan.unreadable:
                self.tried[option] = self.tried.get(option, 0) + 1
            self.written |= plan.unreadable


def _follows(kind: Kind, field: Field) -> bool:
    """Whether a field may not be set after an add: it is ignored, or a later add resets it."""
    return not field.on_add or (kind.one_among is not None and field.option == kind.one_among.option)


def _alike(fields: Iterable[Field], there: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    pairs = [(field, there.get(field.option, MISSING), wanted.get(field.option, MISSING)) for field in fields]
    return all(one is two if MISSING in (one, two) else field.alike(one, two) for field, one, two in pairs)


def _says_no(error: MailcowError) -> bool:
    """Whether mailcow itself refused the request."""
    return any(entry.known and entry.refuses for entry in getattr(error, "entries", ()))


def _what(request: Request) -> tuple[str, str]:
    """Give the subject of a request: the item of an edit or a delete, or else the whole body."""
    return request.path, repr(request.body if request.item is None else request.item)
