# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading mailcow's objects: one by its own route, many by the narrowest lists, each matched by the identity in the
answer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING
from ansible_collections.community.mailcow.plugins.module_utils._once import Once

# Up to this many objects of one domain are read one by one; more are found in the list of the domain. A GET of one costs 13 ms, and
# a list half a millisecond or more for each object that is there (shared/notes.md), which is not known before.
_FEW = 8


class Values(Mapping):
    """The canonical values of one of mailcow's objects by option, each worked out when it is asked for: most never are."""

    def __init__(self, resource, raw, sourced):
        self._resource = resource
        self._raw = raw
        self._known = sourced

    def __getitem__(self, option):
        if option not in self._known:
            field = self._resource.by_option[option]
            self._known[option] = field.parse(self._raw) if field.readable and not field.source else MISSING
        if self._known[option] is MISSING:
            raise KeyError(option)
        return self._known[option]

    def __iter__(self):
        return (option for option in self._resource.by_option if self.get(option, MISSING) is not MISSING)

    def __len__(self):
        return sum(1 for _option in self)


@dataclasses.dataclass(frozen=True)
class Existing:
    """An object as it is on the server: its identity, what edit and delete call it, mailcow's object, and the values of
    its fields.
    """

    identity: str
    item: object
    raw: dict
    values: Mapping
    # What edit and delete call others with the same identity: then it does not tell which is meant.
    twins: tuple = ()


class Reader:
    """Reads objects through a `_client.Client`, over up to ``connections`` connections side by side.

    ``many``: whether objects of many kinds change in this run, so that limits read now may not hold when it comes to
    writing.
    """

    def __init__(self, client, check_mode=False, connections=1, many=False):
        self.client = client
        self.check_mode = check_mode
        self.connections = connections
        self.many = many
        # Names of domains that this run creates or changes.
        self.changing = set()
        # The error after which nothing more is written, because it would be the same for every object.
        self.stopped = None
        self._answers = Once()

    def get(self, route, *segments):
        """Give what `_client.Client.get` gives, asked only once until something is written."""
        return self._answers.ask((route,) + segments, lambda: self.client.get(route, *segments))

    def forget(self):
        """Ask everything anew: something was written."""
        self._answers.forget()

    def each(self, function, values):
        """Give [function(value) for value in values], side by side when there are connections for it."""
        values = list(values)
        if self.connections < 2 or len(values) < 2:
            return [function(value) for value in values]
        with ThreadPoolExecutor(self.connections) as pool:
            return list(pool.map(function, values))

    def find(self, resource, identities, options):
        """Give {key: Existing} of those identities that exist; ``options`` are the ones whose values are needed."""
        alone, listed = [], {}
        groups = {}
        for identity in identities:
            groups.setdefault(resource.place_of(identity), []).append(identity)
        for place, members in groups.items():
            if (resource.read.one or resource.read.lists) and len(members) <= _FEW:
                alone.extend(members)
            else:
                listed[place] = members
        raws = [raw for raw in self.each(lambda identity: self._one(resource, identity), alone) if raw]
        if listed:
            wanted = {resource.key(identity) for members in listed.values() for identity in members}
            found = self._lists(resource, None if None in listed else list(listed), options)
            raws += [raw for raw in found if wanted.intersection(resource.keys_of(raw))]
        return by_key(resource, self._existing(resource, raws, options))

    def list(self, resource, domains=None, options=None):
        """Give the list of `Existing` of all objects, or of those in ``domains``. ``options`` None means all that the
        lists show.
        """
        if options is None:
            options = [field.option for field in resource.fields if not field.source]
        seen = {}
        for raw in self._lists(resource, self._places(resource, domains), options):
            seen.setdefault(resource.keys_of(raw)[-1], raw)
        found = self._existing(resource, seen.values(), options)
        return _inside(resource, found, domains)

    def select(self, resource, params, domains, options):
        """Give the list of `Existing` that the parameters of an info module ask for: by identity, by parts of it, by
        domain.
        """
        parts = getattr(resource.identity, "parts", None)
        if parts is None:
            if params.get(resource.identity.option) is None:
                return self.list(resource, domains, options)
            identity = resource.identity.given(params)
            found = by_key(resource, self.list(resource, [identity])) if resource.read.lists else self.find(resource, [identity], options)
            return _inside(resource, found.values(), domains)
        given = {part: part.given(params) for part in parts}
        wanted = {part: value for part, value in given.items() if value is not MISSING}
        place = next((value for part, value in wanted.items() if part.option == resource.identity.place), None)
        found = (
            self.list(resource, domains, options)
            if place is None
            else self._existing(resource, self._lists(resource, [place], options), options)
        )
        number = params.get(resource.identity.option)
        return [
            one
            for one in _inside(resource, found, domains)
            if _named(one, number) and all(_alike(part, one.values.get(part.option), value) for part, value in wanted.items())
        ]

    def _one(self, resource, identity):
        """Give mailcow's object, or None. The server may answer about another object than was asked for
        (facts-mailboxes 12.1, facts-server 2).
        """
        read = resource.read
        if read.lists:
            return dict({route: self.get(route, identity) or [] for route in read.lists}, **{resource.identity.option: identity})
        if "/" not in identity:
            raw = self.get(*read.route(identity))
            if raw is None:
                return None
            if read.named_by:
                # Objects without a list do not name themselves; their route compares exactly.
                return dict(raw, **{resource.identity.option: identity})
            if resource.key(resource.identity_of(raw)) == resource.key(identity):
                return raw
            if not read.other_answer_hides:
                return None
        # A slash cannot stand in a path (facts-mailboxes 0.1).
        domain = resource.domain_of(identity)
        return next(
            (raw for raw in self._lists(resource, [domain], ()) if resource.key(resource.identity_of(raw)) == resource.key(identity)), None
        )

    def _places(self, resource, domains):
        """Give the names of the lists that hold what is in ``domains``, None for all."""
        if not resource.read.per_mailbox or (resource.read.all and domains is None):
            return domains
        if domains is None:
            domains = self._names((("domain/all", "domain_name"),))
        wanted = set(domains)
        answers = self.each(lambda domain: self.get("mailbox/reduced", domain), self._that_exist(domains))
        return [mailbox["username"] for answer in answers for mailbox in answer or [] if mailbox["domain"] in wanted]

    def _lists(self, resource, places, options):
        """Give mailcow's objects from the lists, those of ``places`` or all. Objects full of nulls are left out."""
        read = resource.read
        if read.named_by:
            names = places if places is not None else self._names(read.named_by)
            if read.lists and places is not None:
                names = self._that_exist(places, read.named_by)
            return [raw for raw in self.each(lambda name: self._one(resource, name), names) if raw]
        suffix = next((segments for option, segments in read.suffix_for.items() if option in options), read.suffix)
        if read.only_one:
            raws = [self.get(read.one) or {}]
        elif not read.scoped or (read.all and places is None):
            raws = self.get(read.all, *suffix) or []
        else:
            route = read.scoped
            if read.reduced and options and not set(read.reduced_lacks).intersection(options):
                route = read.reduced
            if places is None:
                places = self._names((("domain/all", "domain_name"), ("alias-domain/all", "alias_domain")))
            elif read.unknown_gives_all:
                places = self._that_exist(places)
            raws = [raw for answer in self.each(lambda place: self.get(route, place, *suffix), places) for raw in answer or []]
        known = [raw for raw in raws if resource.is_there(raw)]
        return read.combine(known) if read.combine else known

    def _names(self, lists):
        return [raw[key] for route, key in lists for raw in self.get(route) or []]

    def _that_exist(self, domains, lists=(("domain/all", "domain_name"),)):
        if len(domains) <= _FEW:
            return [domain for domain, found in zip(domains, self.each(lambda domain: self.get("domain", domain), domains)) if found]
        return sorted(set(domains).intersection(self._names(lists)))

    def _existing(self, resource, raws, options):
        raws = list(raws)
        sourced = [field for field in resource.fields if field.source and field.option in options]

        def existing(raw):
            identity = resource.identity_of(raw)
            values = {field.option: field.parse(self.get(*field.source, identity) or {}) for field in sourced}
            return Existing(identity, resource.item_of(raw), raw, Values(resource, raw, values))

        return self.each(existing, raws) if sourced else [existing(raw) for raw in raws]


def _inside(resource, found, domains):
    """Give those that belong to one of the domains; None is every one."""
    if domains is None:
        return list(found)
    wanted = set(domains)
    return [one for one in found if resource.domain(one.identity, one.values) in wanted]


def _named(one, number):
    """Whether an object is the one of that number, or has that for a number; None is every one."""
    return number is None or str(number).strip().lower() == str(one.item).lower()


def _alike(part, there, wanted):
    """Whether two values of a part of an identity name the same; mailcow compares without case."""
    return part.same(there, wanted) or str(there).lower() == str(wanted).lower()


def alone(resource, existing, found):
    """Whether its identity tells an object from all others that were found; ``found`` is as `by_key` gives it."""
    return bool(existing.identity) and not found[resource.key(existing.identity)].twins


def by_key(resource, found):
    """Give {key: Existing}, by identity and by number; those that share an identity know of each other."""
    groups = {}
    for existing in found:
        for key in set(resource.keys_of(existing.raw)):
            groups.setdefault(key, []).append(existing)
    return {
        key: members[0] if len(members) == 1 else dataclasses.replace(members[0], twins=tuple(member.item for member in members))
        for key, members in groups.items()
    }
