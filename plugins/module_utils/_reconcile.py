# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The engine: brings a list of objects of one kind to what is wanted. A single module is the list of one."""

from __future__ import annotations

import dataclasses
import time

from ansible_collections.community.mailcow.plugins.module_utils._client import LONGEST_PAUSE
from ansible_collections.community.mailcow.plugins.module_utils._errors import (
    EmptyAnswer,
    InvalidValue,
    MailcowError,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.community.mailcow.plugins.module_utils._plan import Plan, make_plan, rename_plan

# An answer to a batch of N repeats all N names N times, so batches stay small (shared/notes.md).
BATCH = 50
# Add, then what the add ignores, then what needs a second way, each seen to hold; tags come 25 at a time.
_ROUNDS = 30
# How often the outcome of a write may be unknown before the object is given up, and the seconds to wait before it is read again.
_UNKNOWN = 3
_PAUSE = 1.0
# A worker of the server hands out at most 16 old errors, and there are several workers (facts-server 5).
_STALE = 100


@dataclasses.dataclass
class Outcome:
    """What became of one `_plan.Wanted`.

    ``plan``: the first plan, whose action, before and after are the result in check mode and in a real run alike.
    ``current``: the object as it was read last, None when there is none. ``error``: why it failed, None otherwise.
    ``done``: the writes that were made.
    """

    wanted: object
    plan: Plan = dataclasses.field(default_factory=Plan)
    current: object = None
    error: MailcowError | None = None
    warnings: list = dataclasses.field(default_factory=list)
    done: list = dataclasses.field(default_factory=list)

    @property
    def changed(self):
        """Whether something was, or in check mode would be, written."""
        return self.plan.action != "none"


class _Work:
    """What the engine keeps about one object while it works on it.

    ``next``: the plan of this round. ``lost``: the requests of the last round whose answers did not arrive. ``claim``:
    what mailcow said it did in the last round, None when its answer did not arrive. ``unknown``: how many writes had an
    unknown outcome. ``alone``: whether its writes must not be joined with others, because a joined one failed.
    """

    def __init__(self, outcome):
        self.outcome = outcome
        self.next = Plan()
        self.renamed = None
        self.tried = {}
        self.written = set()
        self.created = False
        self.claim = None
        self.unknown = 0
        self.alone = False
        self.interrupted = False
        self.lost = []

    def fail(self, error, untried=()):
        """Note why the object failed, with what was done before and the requests that were not even tried."""
        error = error.copy()
        if self.outcome.done:
            error.add("Done before that: %s" % ", ".join(request.path for request in self.outcome.done))
            if untried:
                error.add("Not tried any more: %s" % ", ".join(request.path for request in untried))
        self.outcome.error = error

    def interrupt(self, error, request):
        """Leave the rest of this round: whether the write was done shows when the object is read again."""
        self.unknown += 1
        self.interrupted = True
        self.lost.append(request)
        if self.unknown > _UNKNOWN:
            self.fail(error)

    def finish_round(self):
        """Take note of what mailcow says it did."""
        plan = self.next
        self.created = self.created or plan.action == "create"
        self.claim = None if self.interrupted else plan.action
        if self.claim:
            for option in plan.edited - plan.unreadable:
                self.tried[option] = self.tried.get(option, 0) + 1
            self.written |= plan.unreadable


def converge(resource, wanted, reader, found=None):
    """Bring the objects to what is wanted and give a list of `Outcome`, one for each `_plan.Wanted`, in order.

    ``found``: {key: Existing} as `_reader.Reader.find` gives it, when they have been read already; else they are read.
    Plans, writes and reads again until the plan is empty: nothing counts as done that the server does not show. In
    check mode (``reader.check_mode``) there is one plan and no write. What fails for one object is in its outcome and
    does not stop the others; what fails before the first write (no connection, key refused) is raised.
    """
    works = [_Work(Outcome(wish)) for wish in wanted]
    open_works = works
    for number in range(_ROUNDS):
        try:
            _read(resource, open_works, reader, found if number == 0 else None)
        except MailcowError as error:
            if number == 0:
                raise
            for work in open_works:
                if reader.stopped and work.claim:
                    work.outcome.warnings.append("written, but not read again, because %s" % error)
                else:
                    work.fail(error)
            break
        open_works = [work for work in open_works if _plan(resource, work, reader, first=number == 0)]
        if reader.check_mode or not open_works:
            break
        open_works = _write(resource, open_works, reader)
    else:
        for work in open_works:
            work.fail(MailcowError("mailcow accepts the changes, but does not settle on the wanted state"))
    return [work.outcome for work in works]


def _read(resource, works, reader, found):
    if reader.stopped:
        raise reader.stopped
    if found is None:
        found = reader.find(resource, *asked_for(resource, [work.outcome.wanted for work in works]))
    for work in works:
        wish = work.outcome.wanted
        work.outcome.current = found.get(resource.key(wish.identity))
        work.renamed = found.get(resource.key(wish.rename_to)) if wish.rename_to else None


def asked_for(resource, wanted):
    """Give (identities, options) that have to be read to plan for these `_plan.Wanted`."""
    identities, options = {}, set()
    for wish in wanted:
        options.update(wish.values)
        for identity in (wish.identity, wish.rename_to):
            if identity:
                identities[resource.key(identity)] = identity
    return list(identities.values()), options


def _plan(resource, work, reader, first):
    """Make the next plan of one object; give whether there is something to write."""
    work.next = Plan()
    try:
        work.next = _next_plan(resource, work, reader)
        if first:
            work.outcome.plan = work.next
        # A request that need not be made again was done, although its answer got lost.
        again = [request.path for request in work.next.requests]
        work.outcome.done.extend(request for request in work.lost if request.path not in again)
        work.lost = []
        _verify(resource, work)
    except MailcowError as error:
        work.fail(error, work.next.requests)
        return False
    return bool(work.next.requests)


def _next_plan(resource, work, reader):
    outcome = work.outcome
    wish = outcome.wanted
    if wish.rename_to:
        old, new = outcome.current, work.renamed
        if old and new and resource.key(wish.rename_to) != resource.key(wish.identity):
            raise InvalidValue("rename_to", "%s cannot get the name %s: both exist" % (wish.identity, wish.rename_to))
        if old and old.identity != wish.rename_to:
            # What else is to change follows under the new name, and belongs to the same change.
            rest = make_plan(resource, wish, old, reader)
            plan = rename_plan(resource, wish, old, reader)
            return dataclasses.replace(plan, before=dict(rest.before, **plan.before), after=dict(rest.after, **plan.after))
        wish.identity, wish.rename_to, outcome.current = wish.rename_to, None, new
    return make_plan(resource, wish, outcome.current, reader, work.tried, work.written, work.created)


def _verify(resource, work):
    """Raise when mailcow reported success for something that it did not do."""
    current = work.outcome.current
    if work.claim == "create" and current is None:
        raise MailcowError("mailcow reported success, but the %s is not there" % resource.title)
    if work.claim == "delete" and current is not None:
        raise MailcowError("mailcow reported success, but the %s is still there" % resource.title)
    if work.claim == "rename" and work.outcome.wanted.rename_to:
        raise MailcowError("mailcow reported success, but the %s still has its old name" % resource.title)
    if work.next.stuck:
        values = work.outcome.wanted.values
        what = ["%s is %s" % (field.option, _told(field, current.values.get(field.option), values)) for field in work.next.stuck]
        raise MailcowError("mailcow reported success, but %s. It ignores such a value without saying so" % "; ".join(what))


def _told(field, value, wanted):
    return (
        "unchanged"
        if field.secret
        else "%r and not %r" % (field.show(value).get(field.option), field.show(wanted[field.option]).get(field.option))
    )


def _write(resource, works, reader):
    """Make the requests of the works' plans, wave by wave, and give the works that go on."""
    for work in works:
        work.interrupted = False
    saved = _save(resource, works, reader)
    works = [work for work in works if work.outcome.error is None]
    for wave in range(max((len(work.next.requests) for work in works), default=0)):
        ready = [work for work in works if work.outcome.error is None and not work.interrupted and wave < len(work.next.requests)]
        reader.each(lambda group, wave=wave: _send(group, wave, reader), _batches(ready, wave))
    _restore(resource, saved, works, reader)
    reader.forget()
    going_on = [work for work in works if work.outcome.error is None]
    for work in going_on:
        work.finish_round()
    if any(work.interrupted and work.unknown for work in going_on):
        time.sleep(_PAUSE)
    return going_on


def _batches(works, wave):
    """Give lists of works whose requests of this wave are made as one."""
    single, groups = [], {}
    for work in works:
        shared = work.next.requests[wave].shared()
        if shared is None or work.alone or work.unknown:
            single.append([work])
        else:
            groups.setdefault(shared, []).append(work)
    return single + [group[start : start + BATCH] for group in groups.values() for start in range(0, len(group), BATCH)]


def _send(group, wave, reader):
    """Make one request for all works of ``group``."""
    if reader.stopped:
        for work in group:
            work.fail(reader.stopped, work.next.requests[wave:])
        return
    requests = [work.next.requests[wave] for work in group]
    try:
        entries = _post(reader.client, requests, group[0].next.stale)
    except OutcomeUnknown as error:
        if error.pause:
            time.sleep(min(error.pause, LONGEST_PAUSE))
        for work, request in zip(group, requests):
            work.interrupt(error, request)
    except (Refused, EmptyAnswer) as error:
        if len(group) > 1:
            # Which of them were done shows when they are read again; the rest is tried one by one.
            for work, request in zip(group, requests):
                work.alone = work.interrupted = True
                work.lost.append(request)
        elif group[0].unknown:
            # Perhaps it was done by the request whose answer did not arrive.
            group[0].interrupt(error, requests[0])
        else:
            group[0].fail(error, group[0].next.requests[wave + 1 :])
    except MailcowError as error:
        # No connection, or the key is refused: it would be the same for all others.
        reader.stopped = error
        for work in group:
            work.fail(error, work.next.requests[wave + 1 :])
    else:
        for work, request in zip(group, requests):
            work.outcome.done.append(request)
        group[0].outcome.warnings.extend(entry.text for entry in entries if entry.type == "warning")


def _post(client, requests, stale):
    body = requests[0].joined(requests[1:]) if len(requests) > 1 else requests[0].body
    for _attempt in range(_STALE if stale else 1):
        try:
            return client.write(requests[0].path, body)
        except Refused as error:
            if not stale or any(entry.msg_id != stale for entry in error.entries):
                raise
            refusal = error
    raise refusal


def _save(resource, works, reader):
    """Give what edits of these objects take away from others, as {(identity): value}, so that it can be put back."""
    protect = resource.protect
    if not protect:
        return {}
    editing = [work for work in works if work.next.action in ("update", "rename")]
    owners = set()
    for work in editing:
        owners.update(protect.affected(work.outcome.current.values, work.outcome.wanted.values))
    owners = sorted(owners)
    try:
        found = reader.each(lambda owner: (reader.client.get(protect.read, owner) or {}).get(protect.value), owners)
    except MailcowError as error:
        for work in editing:
            work.fail(error, work.next.requests)
        return {}
    return {owner: value for owner, value in zip(owners, found) if value}


def _restore(resource, saved, works, reader):
    protect = resource.protect
    for owner, value in saved.items():
        try:
            if reader.stopped:
                raise reader.stopped
            left = (reader.client.get(protect.read, owner) or {}).get(protect.value)
            if left is not None and set(value) - set(left):
                reader.client.write("edit/" + protect.write, {"items": [owner], "attr": {protect.value: value}})
        except MailcowError as error:
            works[0].outcome.warnings.append("%s of %s could not be put back to %s: %s" % (protect.value, owner, ", ".join(value), error))
