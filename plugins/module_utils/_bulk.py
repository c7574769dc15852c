# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many objects of many kinds at once: what is declared is made so, and what is not declared may be deleted."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor

from ansible_collections.community.mailcow.plugins.module_utils._errors import MailcowError
from ansible_collections.community.mailcow.plugins.module_utils._plan import Wanted
from ansible_collections.community.mailcow.plugins.module_utils._reconcile import Outcome, asked_for, converge


@dataclasses.dataclass
class Declared:
    """What is declared of one kind.

    ``wanted``: the `_plan.Wanted`; ``prune``: whether what is there and not declared is to be deleted; ``ignored``: keys of
    objects that are left alone whatever happens.
    """

    resource: object
    wanted: list = dataclasses.field(default_factory=list)
    prune: bool = False
    ignored: set = dataclasses.field(default_factory=set)


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
        for outcome in self.outcomes:
            old, new = outcome.plan.before, outcome.plan.after
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
        self.found = {}
        self.changes = {}

    def apply(self):
        with ThreadPoolExecutor(len(self.declared)) as pool:
            self.found = dict(zip([kind.resource.kind for kind in self.declared], pool.map(self._read, self.declared)))
        doomed = {kind.resource.kind: self._doomed(kind) for kind in self.declared}
        self._empty_parents(doomed)
        late = []
        for kind in self.declared:
            present = [wish for wish in kind.wanted if wish.state == "present"]
            # Check mode makes one plan of all.
            deferred = frozenset() if self.reader.check_mode else kind.resource.late
            early = [_only(wish, wish.values.keys() - deferred) if wish.values.keys() & deferred else wish for wish in present]
            outcomes = self._converge(kind.resource, early, self.found[kind.resource.kind])
            late += [
                (kind.resource, _only(wish, wish.values.keys() & deferred), outcome)
                for wish, outcome in zip(present, outcomes)
                if wish.values.keys() & deferred and not outcome.error
            ]
        self._converge_late(late)
        for kind in reversed(self.declared):
            absent = [Wanted(identity=name, values={}, state="absent") for name in doomed[kind.resource.kind]]
            self._converge(kind.resource, absent, self.found[kind.resource.kind])
        return list(self.changes.values())

    def _read(self, kind):
        """Give {key: Existing} of what is declared or, when it is pruned, of all that is in scope."""
        identities, options = asked_for(kind.resource, kind.wanted)
        if not kind.prune:
            return self.reader.find(kind.resource, identities, options) if identities else {}
        return {kind.resource.key(existing.identity): existing for existing in self.reader.list(kind.resource, self.domains, options)}

    def _doomed(self, kind):
        """Give the names to delete: declared absent, or there and not declared."""
        names = {kind.resource.key(wish.identity): wish.identity for wish in kind.wanted if wish.state == "absent"}
        if kind.prune:
            declared = {kind.resource.key(name) for wish in kind.wanted for name in (wish.identity, wish.rename_to) if name}
            for key, existing in self.found[kind.resource.kind].items():
                if key not in declared and key not in kind.ignored:
                    names[key] = existing.identity
        return list(names.values())

    def _empty_parents(self, doomed):
        """Add what a doomed object holds and mailcow wants to see gone first."""
        for kind in self.declared:
            if not kind.resource.keeps_parent:
                continue
            parent = next(other.resource for other in self.declared if other.resource.holds(kind.resource))
            names = [name for name in doomed[parent.kind] if parent.key(name) in self.found[parent.kind]]
            for existing in self.reader.list(kind.resource, names) if names else ():
                key = kind.resource.key(existing.identity)
                if key in kind.ignored:
                    raise MailcowError(
                        "the %s of %s cannot be deleted: it holds the %s %s, which is to be ignored"
                        % (parent.title, kind.resource.domain_of(existing.identity), kind.resource.title, existing.identity)
                    )
                self.found[kind.resource.kind][key] = existing
                if existing.identity not in doomed[kind.resource.kind]:
                    doomed[kind.resource.kind].append(existing.identity)

    def _converge_late(self, late):
        """Set what other kinds take away or must exist for."""
        for resource in dict.fromkeys(item[0] for item in late):
            wanted = [
                dataclasses.replace(wish, identity=outcome.wanted.identity, rename_to=None)
                for kind, wish, outcome in late
                if kind is resource
            ]
            untouched = not any(change.wrote for change in self.changes.values())
            try:
                self._converge(resource, wanted, self.found[resource.kind] if untouched else None)
            except MailcowError as error:
                self._note(resource, [Outcome(wish, error=error) for wish in wanted])

    def _converge(self, resource, wanted, found):
        names = [wish.identity for wish in wanted]
        outcomes = converge(resource, wanted, self.reader, found) if wanted else []
        self._note(resource, outcomes, names)
        return outcomes

    def _note(self, resource, outcomes, names=None):
        for name, outcome in zip(names or [outcome.wanted.identity for outcome in outcomes], outcomes):
            self.changes.setdefault((resource.kind, resource.key(name)), Change(resource, name)).outcomes.append(outcome)


def _only(wish, options):
    return dataclasses.replace(wish, values={option: value for option, value in wish.values.items() if option in options})
