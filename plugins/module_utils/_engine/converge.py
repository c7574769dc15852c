# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings a list of objects of one kind to their wanted state: plans, writes, reads again. Modules for single objects use a list of one."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .._api.client import LONGEST_PAUSE
from .._api.errors import BadAnswer, EmptyAnswer, InvalidValue, MailcowError, OutcomeUnknown, Refused
from .._api.messages import explain, some
from .._api.names import askable
from .._api.shape import asked, one, told, understood
from .._api.stage import Stage
from .._fields.field import MISSING
from .inquiry import examine, inquire, refuse_taken
from .plan import Meanwhile, Plan, Wanted, end_plan, make_plan, rename_plan, tidy_plan
from .reading import Existing, find
from .since import fitting
from .work import Outcome, Work

if TYPE_CHECKING:
    from .._api.entry import Entry
    from .._api.request import Request
    from .._fields.field import Field
    from .kind import Kind, Protect
    from .server import Server
    from .succession import Succession

# An answer to a batch of N repeats all N names N times, so batches stay small (facts-server 28.2).
BATCH = 50
# An add, what the add ignores, what needs a second way, and a verification of each; tags are written 25 at a time.
_ROUNDS = 30
# Seconds to wait before reading again what may have been done; doubled for each repetition.
_PAUSE = 1.0
# How often duplicate objects are read again, because another run may be about to delete them.
_PATIENCE = 3
# A PHP worker reports at most 16 old errors, and there are several workers (facts-server 5).
_STALE = 100


def converge(
    kind: Kind,
    wanted: Iterable[Wanted],
    server: Server,
    found: Mapping[str, Existing] | None = None,
    meanwhile: Meanwhile | None = None,
) -> list[Outcome]:
    """Bring the objects to their wanted state, and give a list of `Outcome`, one for each `plan.Wanted`, in order.

    ``found``: {key: Existing} as given by `reading.find`, if they have already been read. Plans, writes and reads again until the
    plan is empty, so that each change is verified by reading. In check mode (``server.check_mode``), there is one plan and no
    write. An error of one object is in its outcome and does not stop the others; errors before the first write (no connection,
    key rejected) are raised.
    """
    works = [Work(Outcome(wish)) for wish in wanted]
    open_works = works
    for number in range(_ROUNDS):
        try:
            if number == 0:
                _read_first(kind, open_works, server, found)
            else:
                _read(kind, open_works, server)
        except MailcowError as error:
            if number == 0:
                raise
            for work in open_works:
                if server.stopped and work.claim:
                    work.outcome.warnings.append("written, but not read again, because %s" % error)
                else:
                    work.fail(error)
            break
        open_works = [work for work in open_works if _plan(kind, work, server, meanwhile, first=number == 0)]
        if server.check_mode or not open_works:
            break
        open_works = _write(kind, open_works, server)
    else:
        for work in open_works:
            work.fail(MailcowError("mailcow accepts the changes, but the result keeps differing from the declared state"))
    for work in works:
        if work.left:
            _clear_up(kind, work, work.left, server)
    return [work.outcome for work in works]


def _read_first(kind: Kind, works: list[Work], server: Server, found: Mapping[str, Existing] | None) -> None:
    """Read the objects, and read again those that seem to be missing and that mailcow would create twice."""
    _read(kind, works, server, found)
    missing = any(work.outcome.current is None and work.wish.state == "present" for work in works)
    if missing and not kind.write.unique and not server.check_mode:
        server.forget()
        _read(kind, works, server)


def _read(kind: Kind, works: list[Work], server: Server, found: Mapping[str, Existing] | None = None) -> None:
    """Read the objects, and read again duplicates, because another run may be about to delete them."""
    for number in range(_PATIENCE):
        if server.stopped:
            raise server.stopped
        if number:
            time.sleep(_PAUSE)
            server.forget()
        if number or found is None:
            found = find(kind, *asked_for(kind, [work.wish for work in works]), server)
        key = kind.identity.key
        for work in works:
            work.outcome.current = found.get(key(work.wish.identity))
            work.renamed = found.get(key(work.wish.rename_to)) if work.wish.rename_to else None
            work.choose(kind)
        if server.check_mode or not any(work.outcome.current and work.outcome.current.twins for work in works):
            break


def asked_for(kind: Kind, wanted: Iterable[Wanted]) -> tuple[list[str], set[str]]:
    """Give (identities, options) that have to be read to plan these `plan.Wanted`."""
    identities: dict[str, str] = {}
    options: set[str] = set()
    for wish in wanted:
        options.update(wish.values)
        for identity in (wish.identity, wish.rename_to):
            if identity:
                identities[kind.identity.key(identity)] = identity
    return list(identities.values()), options


def _plan(kind: Kind, work: Work, server: Server, meanwhile: Meanwhile | None, first: bool) -> bool:
    """Make the next plan of one object, and give whether there is something to write."""
    work.next = Plan()
    try:
        with understood("the %s %s" % (kind.title, work.wish.identity)):
            work.next = _next_plan(kind, work, server, meanwhile)
        if first:
            work.outcome.plan = work.next
            work.outcome.warnings.extend(work.next.warnings)
        work.settle()
        _verify(kind, work)
    except MailcowError as error:
        work.fail(error, work.next.requests)
    return bool(work.next.requests) and work.outcome.error is None


def _next_plan(kind: Kind, work: Work, server: Server, meanwhile: Meanwhile | None) -> Plan:
    wish, old = work.wish, work.outcome.current
    if wish.rename_to:
        if old and work.renamed and kind.identity.key(wish.rename_to) != kind.identity.key(wish.identity):
            raise InvalidValue("rename_to", "%s cannot be renamed to %s: both exist" % (wish.identity, wish.rename_to))
        if old and old.identity != wish.rename_to:
            # Other changes follow under the new name, and belong to the same change.
            rest = _plan_for(kind, work, wish, old, server, meanwhile)
            refuse_taken(kind, wish.rename_to, server, meanwhile)
            plan = fitting(kind, {}, old, server, lambda kind: rename_plan(kind, wish, old))
            return dataclasses.replace(plan, before=dict(rest.before, **plan.before), after=dict(rest.after, **plan.after))
        work.is_renamed()
    wish, current = work.wish, work.outcome.current
    if work.surplus:
        return tidy_plan(kind, work.surplus)
    plan = _plan_for(kind, work, wish, current, server, meanwhile)
    return end_plan(work.left) if work.left and plan.action == "none" and not plan.stuck else plan


def _plan_for(kind: Kind, work: Work, wish: Wanted, current: Existing | None, server: Server, meanwhile: Meanwhile | None) -> Plan:
    known = inquire(kind, wish, current, server, meanwhile)

    def plan_for(kind: Kind) -> Plan:
        return make_plan(kind, wish, current, known, meanwhile, work.tried, work.written, work.created)

    plan = fitting(kind, known.values, current, server, plan_for)
    if server.check_mode:
        examine(kind, plan, current, known.values, server)
    return plan


def _verify(kind: Kind, work: Work) -> None:
    """Raise MailcowError if mailcow reported success for something that it did not do."""
    current = work.outcome.current
    if work.claim == "create" and current is None:
        raise MailcowError("mailcow reported success, but it does not exist%s" % kind.read.unseen)
    if work.claim == "delete" and current is not None:
        raise MailcowError("mailcow reported success, but it still exists")
    if work.claim == "rename" and work.wish.rename_to:
        raise MailcowError("mailcow reported success, but it still has its old name")
    if work.next.stuck:
        there = current.values if current else {}
        values = [(field, there.get(field.option, MISSING), work.wish.values[field.option]) for field in work.next.stuck]
        what = ["%s is %s" % (field.option, _told(field, value, wanted)) for field, value, wanted in values]
        raise MailcowError("mailcow reported success, but %s. It silently ignores such a value" % "; ".join(what))


def _told(field: Field, value: Any, wanted: Any) -> str:
    if field.secret:
        return "unchanged"
    return "%s instead of %s" % (told(field.show(value).get(field.option)), told(field.show(wanted).get(field.option)))


def _write(kind: Kind, works: list[Work], server: Server) -> list[Work]:
    """Send the requests of the works' plans in waves, and give the works that continue."""
    for work in works:
        work.interrupted = False
    saved = _save(kind, works, server)
    works = [work for work in works if work.outcome.error is None]
    stage = Stage(server.tell, kind.plural + ": %s written", sum(len(work.next.requests) for work in works))
    for wave in range(max((len(work.next.requests) for work in works), default=0)):
        ready = [work for work in works if work.outcome.error is None and not work.interrupted and wave < len(work.next.requests)]
        server.each(functools.partial(_send, wave=wave, server=server, stage=stage), _batches(ready, wave))
    _restore(kind, saved, works, server)
    server.forget()
    going_on = [work for work in works if work.outcome.error is None]
    for work in going_on:
        work.finish_round()
    if any(work.interrupted and (work.unknown or work.refusal) for work in going_on):
        time.sleep(_PAUSE)
    _look_for_lost(kind, [work for work in going_on if work.lost], server)
    return [work for work in going_on if work.outcome.error is None]


def _look_for_lost(kind: Kind, works: list[Work], server: Server) -> None:
    """Search for the objects of adds whose answers did not arrive, if the add must not be repeated because mailcow accepts duplicates,
    or if the next round does not read them.
    """

    def not_there(works: list[Work]) -> list[Work]:
        _read(kind, works, server)
        return [work for work in works if work.outcome.current is None]

    def not_beside(works: list[Work]) -> list[Work]:
        return [work for work in works if work.left and not find(kind, [work.left.name], (), server)]

    # Objects that appear later are not used by anything, and a server that does not answer is waited for only once.
    beside = [work for work in works if work.left and work.lost == [work.left.made] and not work.waited]
    for work in beside:
        work.waited = True
    _until_it_shows(beside, not_beside, server)
    once = [work for work in works if work.next.action == "create" and not kind.write.unique]
    for work in _until_it_shows(once, not_there, server):
        work.fail(
            OutcomeUnknown(
                "POST %s: no usable answer within %s seconds (option timeout), so the outcome is unknown. The request is not repeated, "
                "because it may still be executed. Run the task again; it will find what was created" % (work.lost[0].path, server.patience)
            )
        )


def _until_it_shows(works: list[Work], missing: Callable[[list[Work]], list[Work]], server: Server) -> list[Work]:
    """Wait until nothing is ``missing``, as long as an answer may take: objects can appear after a proxy in front of mailcow has given
    up. Give the works of which something is still missing.
    """
    end, pause = time.monotonic() + server.patience, _PAUSE
    while works:
        # If reading fails, it is repeated.
        with contextlib.suppress(MailcowError):
            works = missing(works)
        left = end - time.monotonic()
        if left <= 0:
            break
        time.sleep(min(pause, left) if works else 0)
        pause *= 2
        server.forget()
    return works


def _clear_up(kind: Kind, work: Work, left: Succession, server: Server) -> None:
    """Delete what a failed object may have left under another name."""
    try:
        if server.stopped:
            raise server.stopped
        server.write(left.gone.path, left.gone.body)
    except MailcowError:
        work.outcome.done.append(left.made)
        if work.outcome.error:
            work.outcome.error.add(
                "It is unknown whether a copy remains as %s %s, where the new one was created first. It is not used, and the next "
                "replacement or deletion removes it" % (kind.title, left.name)
            )


def _batches(works: Iterable[Work], wave: int) -> list[list[Work]]:
    """Give lists of works whose requests of this wave are combined."""
    single: list[list[Work]] = []
    groups: dict[Hashable, list[Work]] = {}
    for work in works:
        shared = work.next.requests[wave].shared()
        if shared is None or work.alone or work.unknown:
            single.append([work])
        else:
            groups.setdefault(shared, []).append(work)
    return single + [group[start : start + BATCH] for group in groups.values() for start in range(0, len(group), BATCH)]


def _send(group: list[Work], wave: int, server: Server, stage: Stage) -> None:
    """Send one request for all works of ``group``."""
    _send_now(group, wave, server)
    stage.add(len(group))


def _send_now(group: list[Work], wave: int, server: Server) -> None:
    if server.stopped:
        for work in group:
            work.fail(server.stopped, work.next.requests[wave:])
        return
    requests = [work.next.requests[wave] for work in group]
    try:
        entries = _post(server, requests, group[0].next.stale)
    except OutcomeUnknown as error:
        if error.pause:
            time.sleep(min(error.pause, LONGEST_PAUSE))
        for work, request in zip(group, requests):
            work.interrupt(error, request)
    except (Refused, EmptyAnswer) as error:
        if len(group) > 1:
            # Reading again shows which of them were done; the others are sent one by one.
            for work, request in zip(group, requests):
                work.alone = True
                work.lose(request)
        elif group[0].unknown:
            # The request whose answer did not arrive may have done it.
            group[0].interrupt(error, requests[0])
        else:
            group[0].refuse(error, requests[0], group[0].next.requests[wave + 1 :])
    except MailcowError as error:
        # No connection, or the key is rejected, which would be the same for all others.
        server.stopped = error
        for work in group:
            work.fail(error, work.next.requests[wave + 1 :])
    else:
        for work, request in zip(group, requests):
            work.did(request)
        route = "/".join(requests[0].path.split("/")[:2])
        sentences = [explain(route, entry.msg_id, entry.args) for entry in entries if entry.type == "warning"]
        group[0].outcome.warnings.extend("mailcow warns: %s" % sentence for sentence in sentences)


def _post(server: Server, requests: Sequence[Request], stale: str | None) -> list[Entry]:
    body = requests[0].joined(requests[1:]) if len(requests) > 1 else requests[0].body
    for _attempt in range(_STALE if stale else 1):
        try:
            return server.write(requests[0].path, body)
        except Refused as error:
            refusal = error
            message, instead = requests[0].instead or ("", None)
            if instead and any(message in entry.msg_id for entry in error.entries):
                return server.write(instead.path, instead.body)
            if any(entry.msg_id != stale for entry in error.entries):
                break
    raise refusal


def _save(kind: Kind, works: Iterable[Work], server: Server) -> dict[str, Any]:
    """Give what edits of these objects remove from others, as {identity: value}, so that it can be restored."""
    protect = kind.protect
    if not protect:
        return {}
    # Nothing refers to a new object yet.
    editing = [work for work in works if work.next.action in ("update", "rename") and not work.created]
    affected: set[str] = set()
    for work in editing:
        affected.update(protect.affected(work.outcome.current.values if work.outcome.current else {}, work.wish.values))
    owners = sorted(affected)
    try:
        found = server.each(functools.partial(_protected, protect, server), owners)
    except MailcowError as error:
        for work in editing:
            work.fail(error, work.next.requests)
        return {}
    hidden = [owner for owner, value in zip(owners, found) if value is MISSING]
    if hidden:
        editing[0].outcome.warnings.append(
            "what mailcow removes from %s of %s cannot be restored: mailcow shows it since %s, and not for addresses with a slash"
            % (protect.value, some(hidden), protect.shown_since)
        )
    return {owner: value for owner, value in zip(owners, found) if value}


def _restore(kind: Kind, saved: Mapping[str, Any], works: Sequence[Work], server: Server) -> None:
    protect = kind.protect
    if protect is None:
        return
    for owner, value in saved.items():
        try:
            if server.stopped:
                raise server.stopped
            left = _protected(protect, server, owner)
            if left is not None and set(value) - set(left):
                server.write("edit/" + protect.write, {"items": [owner], "attr": {protect.value: value}})
        except MailcowError as error:
            works[0].outcome.warnings.append("%s of %s could not be restored to %s: %s" % (protect.value, owner, ", ".join(value), error))


def _protected(protect: Protect, server: Server, owner: str) -> Any:
    """Give the value of another object, None if the object does not exist, MISSING if the server does not return it. Raises
    BadAnswer.
    """
    if not askable(owner):
        return MISSING
    request = asked(protect.read, owner)
    raw = one(server.ask_again(protect.read, owner), request)
    if raw and protect.value not in raw and protect.shown_since and not server.has(protect.shown_since):
        return MISSING
    value = (raw or {}).get(protect.value)
    if value is not None and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        raise BadAnswer("%s: mailcow answered with a %s that is not a list of names" % (request, protect.value), request)
    return value
