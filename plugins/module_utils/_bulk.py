# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many objects of many kinds at once: what is declared is made so, and what is not declared may be deleted."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor

from ansible_collections.community.mailcow.plugins.module_utils._errors import MailcowError, Refused
from ansible_collections.community.mailcow.plugins.module_utils._identity import Name
from ansible_collections.community.mailcow.plugins.module_utils._plan import Wanted
from ansible_collections.community.mailcow.plugins.module_utils._reader import alone, by_key
from ansible_collections.community.mailcow.plugins.module_utils._reconcile import Outcome, asked_for, converge


@dataclasses.dataclass
class Declared:
    """What is declared of one kind.

    ``wanted``: the `_plan.Wanted`; ``prune``: whether what is there and not declared is to be deleted; ``ignored``:
    {key: identity} of objects that are left alone whatever happens.
    """

    resource: object
    wanted: list = dataclasses.field(default_factory=list)
    prune: bool = False
    ignored: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Change:
    """What became of one object: its kind, its name, and the `_reconcile.Outcome` of each step in order."""

    resource: object
    name: str
    outcomes: list = dataclasses.field(default_factory=list)

    @property
    def action(self):
        """create, update, delete, rename or none."""
        return next((outcome.plan.action for outcome in self.outcomes if outcome.changed), "none")

    @property
    def error(self):
        """The first error, or None."""
        return next((outcome.error for outcome in self.outcomes if outcome.error), None)

    @property
    def wrote(self):
        """Whether something was written."""
        return any(outcome.done for outcome in self.outcomes)

    def difference(self):
        """Give (before, after): the options that change, in the units of results."""
        before, after = {}, {}
        created = self.action == "create"
        for outcome in self.outcomes:
            old, new = outcome.plan.before, outcome.plan.after
            old = {} if created else old
            changing = [option for option in dict(old, **new) if option not in old or option not in new or old[option] != new[option]]
            before.update({option: old[option] for option in changing if option in old})
            after.update({option: new[option] for option in changing if option in new})
        return before, after


def apply(declared, reader, domains=None):
    """Bring the server to what is declared and give the list of `Change`, one for each object declared or deleted.

    ``declared``: a `Declared` for each kind, in the order of creation; ``domains``: those that pruning keeps to, None for
    all. Raises MailcowError for what fails before the first write; later errors are in the changes.
    """
    return _Run(declared, reader, domains).apply()


class _Run:
    """One application of a declared state."""

    def __init__(self, declared, reader, domains):
        self.declared = declared
        self.reader = reader
        self.domains = domains
        self.scope = None if domains is None else frozenset(domains)
        self.found = {}
        self.changes = {}

    def apply(self):
        with ThreadPoolExecutor(len(self.declared)) as pool:
            self.found = dict(zip([kind.resource.kind for kind in self.declared], pool.map(self._read, self.declared)))
        doomed = {kind.resource.kind: self._doomed(kind) for kind in self.declared}
        self._empty_domains(doomed)
        self._refuse_orphans(doomed)
        late = []
        for kind in self.declared:
            late += self._create_and_change(kind)
        self._set_late(late)
        for kind in reversed(self.declared):
            absent = [
                Wanted(identity=name, values=dict(kind.resource.reset or {}), state="absent")
                for name in doomed[kind.resource.kind].values()
            ]
            self._converge(kind.resource, absent, self.found[kind.resource.kind])
        if any(change.wrote for change in self.changes.values()):
            self._try_refused_again()
        return list(self.changes.values())

    def _read(self, kind):
        """Give {key: Existing} of what is declared or ignored and, when it is pruned, of all that is in scope."""
        resource = kind.resource
        identities, options = asked_for(resource, kind.wanted)
        found = {}
        if kind.prune:
            found = by_key(resource, self.reader.list(resource, self.domains, options))
            # What belongs to the scope by its name would have been in the list.
            identities = [] if resource.domain_of or self.domains is None else identities
        identities = [name for name in identities + list(kind.ignored.values()) if resource.key(name) not in found]
        return dict(found, **self.reader.find(resource, identities, options)) if identities else found

    def _doomed(self, kind):
        """Give {key: name} of what is to be deleted: declared absent, or there in scope and not declared."""
        key = kind.resource.key
        names = {key(wish.identity): wish.identity for wish in kind.wanted if wish.state == "absent"}
        if kind.prune:
            stays = {key(name) for wish in kind.wanted for name in (wish.identity, wish.rename_to) if name} | kind.ignored.keys()
            for existing in {id(existing.raw): existing for existing in self.found[kind.resource.kind].values()}.values():
                keys = kind.resource.keys_of(existing.raw)
                if stays.isdisjoint(keys) and self._in_scope(kind.resource, existing) and not kind.resource.is_reset(existing.values):
                    names[keys[-1]] = self._told_apart(kind.resource, existing)
        return names

    def _told_apart(self, resource, existing):
        """Give the identity of what is there so that it means this one only, even if others have the same."""
        name = existing.identity
        if not resource.numbered:
            return name
        told = [name] if alone(resource, existing, self.found[resource.kind]) else [name, "#%s" % existing.item]
        return Name.of(told, getattr(name, "place", None), existing.item)

    def _in_scope(self, resource, existing):
        return self.scope is None or resource.domain(existing.identity, existing.values) in self.scope

    def _empty_domains(self, doomed):
        """Make sure that nothing declared or ignored goes with a domain, and add what mailcow wants to see gone first."""
        falling = {}
        for kind in self.declared:
            if kind.resource.contains:
                there = self.found[kind.resource.kind]
                falling.update({name: kind.resource for name in doomed[kind.resource.kind].values() if kind.resource.key(name) in there})
                if falling and kind.resource.parent:
                    # mailcow deletes the alias domains of a domain by itself (facts-server 2).
                    falling.update({existing.identity: kind.resource for existing in self.reader.list(kind.resource, list(falling))})
        for kind in self.declared if falling else ():
            if kind.resource.parent:
                for wish in self._staying(kind, doomed):
                    domain = kind.resource.domain(wish.identity, wish.values)
                    if domain in falling:
                        raise _falls_with(falling[domain], domain, kind.resource, wish.identity)
            if kind.resource.keeps_parent:
                for existing in self.reader.list(kind.resource, list(falling)):
                    self.found[kind.resource.kind][kind.resource.key(existing.identity)] = existing
                    doomed[kind.resource.kind][kind.resource.key(existing.identity)] = existing.identity

    def _refuse_orphans(self, doomed):
        """Make sure that nothing declared or ignored goes with another object that it belongs to, such as a mailbox."""
        by_kind = {kind.resource.kind: kind.resource for kind in self.declared}
        for kind in self.declared:
            holder, holder_of = kind.resource.parent or (None, None)
            if doomed.get(holder):
                for wish in self._staying(kind, doomed):
                    name = holder_of(wish)
                    if name and by_kind[holder].key(name) in doomed[holder]:
                        raise _falls_with(by_kind[holder], name, kind.resource, wish.identity)

    def _staying(self, kind, doomed):
        """Give the `_plan.Wanted` of what is declared present, and of what is there and ignored."""
        there = self.found[kind.resource.kind]
        ignored = [Wanted(there[key].identity, there[key].values) for key in kind.ignored if key in there]
        wishes = [wish for wish in kind.wanted if wish.state == "present"] + ignored
        return [wish for wish in wishes if kind.resource.key(wish.identity) not in doomed[kind.resource.kind]]

    def _create_and_change(self, kind):
        """Converge what is declared present, and give (resource, rest of the wish, outcome) where something is left for
        later.
        """
        present = [wish for wish in kind.wanted if wish.state == "present"]
        deferred = [self._deferred(kind.resource, wish) for wish in present]
        early = [_only(wish, wish.values.keys() - options) if options else wish for wish, options in zip(present, deferred)]
        outcomes = self._converge(kind.resource, early, self.found[kind.resource.kind])
        if kind.resource.contains:
            self.reader.changing.update(outcome.wanted.identity for outcome in outcomes if outcome.changed)
        return [
            (kind.resource, _only(wish, options), outcome)
            for wish, options, outcome in zip(present, deferred, outcomes)
            if options and not outcome.error
        ]

    def _deferred(self, resource, wish):
        """Give the options that have to wait for other objects; naming none of them need not wait, nor need a plan."""
        if self.reader.check_mode or not resource.late:
            return frozenset()
        return {option for option in resource.late & wish.values.keys() if wish.values[option]}

    def _set_late(self, late):
        """Set what other kinds take away or must exist for."""
        for resource in dict.fromkeys(item[0] for item in late):
            wanted = [
                dataclasses.replace(wish, identity=outcome.wanted.identity, rename_to=None)
                for kind, wish, outcome in late
                if kind is resource
            ]
            untouched = not any(change.wrote for change in self.changes.values())
            self._converge(resource, wanted, self.found[resource.kind] if untouched else None)

    def _try_refused_again(self):
        """What mailcow refused may have stood in the way of something that this run has changed since."""
        for kind in self.declared:
            wanted = []
            for wish in kind.wanted:
                change = self.changes.get((kind.resource.kind, kind.resource.key(wish.identity)))
                if change and isinstance(change.error, Refused) and not change.wrote:
                    change.outcomes.clear()
                    wanted.append(wish)
            self._converge(kind.resource, wanted, None)

    def _converge(self, resource, wanted, found):
        names = [wish.identity for wish in wanted]
        try:
            outcomes = converge(resource, wanted, self.reader, found) if wanted else []
        except MailcowError as error:
            outcomes = [Outcome(wish, error=error) for wish in wanted]
        for name, outcome in zip(names, outcomes):
            self.changes.setdefault((resource.kind, resource.key(name)), Change(resource, name)).outcomes.append(outcome)
        return outcomes


def _falls_with(holder, name, resource, identity):
    return MailcowError(
        "nothing was done: the %s %s is to be deleted, but holds the %s %s, which is declared or ignored"
        % (holder.title, name, resource.title, identity)
    )


def _only(wish, options):
    return dataclasses.replace(wish, values={option: value for option, value in wish.values.items() if option in options})
