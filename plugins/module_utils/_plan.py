# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what there is and what is wanted to the writes that lead there, for one object. Pure: no request is made here."""

from __future__ import annotations

import dataclasses
from collections import ChainMap

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING, SECRET, Request, items_of
from ansible_collections.community.mailcow.plugins.module_utils._identity import number_of
from ansible_collections.community.mailcow.plugins.module_utils._resource import Situation

ALWAYS = "always"


@dataclasses.dataclass
class Wanted:
    """What the user wants of one object.

    ``values``: canonical values by option, only what was given; ``state``: present or absent; ``policies``: on_create
    or always by policy option; ``rename_to``: the identity it should get, or None; ``options``: all parameters, for the
    resource's own functions.
    """

    identity: str
    values: dict
    state: str = "present"
    policies: dict = dataclasses.field(default_factory=dict)
    rename_to: str | None = None
    options: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Plan:
    """The next writes for one object, in order, and what they change.

    ``action``: create, update, delete, rename or none. ``before`` and ``after``: the managed options as results show
    them. ``edited``: options whose change is under way; ``unreadable``: those among them whose success no GET can
    confirm. ``stale``: see `_resource.Add`. ``stuck``: options that mailcow keeps as they are although it reported
    success.
    """

    action: str = "none"
    requests: list = dataclasses.field(default_factory=list)
    before: dict = dataclasses.field(default_factory=dict)
    after: dict = dataclasses.field(default_factory=dict)
    edited: set = dataclasses.field(default_factory=set)
    unreadable: set = dataclasses.field(default_factory=set)
    stale: str | None = None
    stuck: list = dataclasses.field(default_factory=list)


def make_plan(resource, wanted, current, reader, tried=(), written=(), created=False):
    """Give the `Plan` for one object.

    ``current``: the `_reader.Existing`, or None. ``tried``: how often edits of this run have set an option already;
    ``written``: unreadable options that were written; ``created``: whether this run made the object. Raises
    InvalidValue for what mailcow would refuse or silently ignore.
    """
    if current and current.twins and number_of(wanted.identity) is None:
        numbers = ", ".join(str(item) for item in current.twins)
        raise InvalidValue(resource.identity.option, "several match %s: %s; say which one is meant" % (wanted.identity, numbers))
    if wanted.state == "absent" and resource.reset is None:
        return _deletion(resource, current)
    values = _resolved(resource, wanted, current, reader)
    if current is None:
        return _creation(resource, wanted, values, reader)
    _check(resource, wanted, values, current, reader)
    if resource.edit is None:
        return _replacement(resource, wanted, values, current, tried)
    return _update(resource, wanted, values, current, tried, written, created)


def rename_plan(resource, wanted, current, reader):
    """Give the `Plan` that renames ``current`` to ``wanted.rename_to``; the other options follow under the new name."""
    resource.rename.check(current.identity, wanted.rename_to, current)
    for route, title in resource.rename.taken:
        if reader.get(route, wanted.rename_to):
            raise InvalidValue("rename_to", "there is an %s %s already" % (title, wanted.rename_to))
    return Plan(
        action="rename",
        requests=[_with_kept(resource, current, resource.rename.request(current, wanted.rename_to, wanted.options))],
        before=resource.identity.show(current.identity),
        after=resource.identity.show(wanted.rename_to),
    )


def _resolved(resource, wanted, current, reader):
    there = current.values if current else {}
    values = dict(wanted.values)
    for field in resource.managed(values):
        if current is None or field.on_edit:
            values[field.option] = field.resolve(values[field.option], there.get(field.option, MISSING), wanted.identity, reader)
    return values


def _check(resource, wanted, values, current, reader, parent=None):
    if not resource.check:
        return
    there = current.values if current else None
    resource.check(
        Situation(
            identity=wanted.identity,
            given=values,
            current=there,
            merged=ChainMap(values, {} if there is None else there),
            raw=current.raw if current else None,
            parent=parent,
            firm=not reader.many,
            parent_changes=resource.domain(wanted.identity, values) in reader.changing,
        )
    )


def _deletion(resource, current):
    if current is None:
        return Plan()
    return Plan(
        action="delete",
        requests=[Request("delete/" + resource.delete, items_of(current.item), current.item)],
        before=resource.shown(current.identity, current.values),
    )


def _with_defaults(resource, values):
    """Give the values for an add: those given, and the documented defaults of what its route takes."""
    takes = resource.route_for(values).takes
    defaults = {field.option: field.default for field in resource.fields if takes is None or field.option in takes}
    return dict({option: value for option, value in defaults.items() if value is not MISSING}, **values)


def _creation(resource, wanted, values, reader):
    if not resource.add:
        raise InvalidValue(None, "there is no such %s on the server" % resource.title)
    if number_of(wanted.identity) is not None:
        raise InvalidValue(resource.identity.option, "there is no %s with the number %s" % (resource.title, number_of(wanted.identity)))
    other = reader.get(resource.read.one, wanted.identity) if resource.read.other_answer_means else None
    if other:
        raise InvalidValue(resource.identity.option, "%s %s" % (wanted.identity, resource.read.other_answer_means.format(**other)))
    values = _with_defaults(resource, values)
    missing = [field.option for field in resource.fields if field.required_on_create and field.option not in values]
    if missing:
        raise InvalidValue(
            ", ".join(missing),
            "%s needed to create the %s" % ("this option is" if len(missing) == 1 else "these options are", resource.title),
        )
    name = resource.parent[1](wanted) if resource.parent else None
    parent = reader.get(resource.parent[0], name) if name else None
    _check(resource, wanted, values, None, reader, parent)
    # In check mode an earlier task would have made it.
    if name and parent is None and not reader.check_mode:
        kind = resource.parent[0]
        raise InvalidValue(
            None, "the %s %s does not exist in mailcow; create it first, with community.mailcow.mailcow_%s" % (kind, name, kind)
        )
    after = resource.identity.show(wanted.identity)
    for field in resource.managed(values):
        after.update({field.option: SECRET} if field.secret else field.show(values[field.option]))
    request, stale = _add_request(resource, wanted.identity, values)
    return Plan(action="create", requests=[request], after=after, stale=stale)


def _add_request(resource, identity, values):
    add = resource.route_for(values)
    body = {add.identity: identity} if add.identity else resource.identity.body(identity)
    for field in resource.managed(values):
        if field.on_add and (add.takes is None or field.option in add.takes):
            body.update(field.body(values[field.option]))
    return Request("add/" + add.route, dict(body, **add.fixed), join=add.join), add.stale


def _replacement(resource, wanted, values, current, tried):
    """Plan for objects that mailcow cannot edit: what is there goes, unless the add overwrites it, and comes again with
    the wanted values.
    """
    changed = [
        field for field in resource.managed(values) if _differs(field, current.values.get(field.option, MISSING), values[field.option])
    ]
    stuck = [field for field in changed if field.option in tried]
    if stuck or not changed:
        return Plan(stuck=stuck)
    # What chooses the add route is only what the user gave; everything else stays as it is.
    choosers = {add.when for add in resource.add}
    staying = {option: value for option, value in current.values.items() if option not in choosers}
    merged = dict(staying, **values)
    request, stale = _add_request(resource, wanted.identity, merged)
    requests = [request]
    if not resource.route_for(merged).overwrites:
        requests.insert(0, Request("delete/" + resource.delete, items_of(current.item), current.item))
    before, after = _difference(resource, values, current, changed)
    edited = {field.option for field in changed}
    return Plan(action="update", requests=requests, before=before, after=after, edited=edited, stale=stale)


def _update(resource, wanted, values, current, tried, written, created):
    plan = Plan()
    changed, attributes, further = [], {}, []
    tried = dict(tried)
    for field in resource.managed(values):
        wish = values[field.option]
        there = current.values.get(field.option, MISSING)
        by_policy = _due_by_policy(field, wanted, written, created) and field.undecided(there, wish)
        if not field.on_edit or not (by_policy or (field.readable and _differs(field, there, wish))):
            continue
        if field.readable and not field.clearable and field.is_empty(wish):
            raise InvalidValue(
                field.option, "mailcow keeps the old value when this is set to %r on an existing %s" % (wish, resource.title)
            )
        attr, requests = field.edits(current.item, there, wish, tried.get(field.option, 0))
        if not attr and not requests:
            plan.stuck.append(field)
            continue
        changed.append(field)
        if by_policy:
            plan.unreadable.add(field.option)
        if attr:
            attributes.setdefault(field.via or resource.edit, {}).update(attr)
        further.extend(requests)
    # What is taken away goes first, so that it can be given elsewhere.
    further.sort(key=lambda request: not request.path.startswith("delete/"))
    edits = [Request("edit/" + route, {"items": items_of(current.item), "attr": attr}, current.item) for route, attr in attributes.items()]
    plan.requests = [_with_kept(resource, current, request) for request in edits + further]
    if plan.requests:
        plan.action = "update"
        plan.edited = {field.option for field in changed}
        plan.before, plan.after = _difference(resource, values, current, changed)
    return plan


def _differs(field, there, wish):
    return there is MISSING or not field.same(there, wish)


def _due_by_policy(field, wanted, written, created):
    """Whether a value that no GET shows (completely) is to be written: once for a new object if the add ignores it,
    else when the policy says always.
    """
    if not field.policy or field.option in written or not field.worth_writing(wanted.values[field.option]):
        return False
    return not field.on_add if created else wanted.policies.get(field.policy) == ALWAYS


def _with_kept(resource, current, request):
    """Give the request with what mailcow would reset if an edit over its route omitted it."""
    if not request.path.startswith("edit/"):
        return request
    attr = request.body["attr"]
    return dataclasses.replace(request, body=dict(request.body, attr=dict(_kept(resource, current, request.path[5:], attr), **attr)))


def _kept(resource, current, route, attributes):
    """Give the attributes that an edit of ``current`` over ``route`` has to repeat beside ``attributes``."""
    kept = {}
    for field in resource.fields:
        if field.keep and (field.via or resource.edit) == route and field.option in current.values:
            kept.update(field.kept(current.values[field.option], attributes))
    return kept


def _difference(resource, values, current, changed):
    """Give (before, after) of the managed options; unchanged ones show alike, secrets and unreadable values only that
    they change.
    """
    before = resource.identity.show(current.identity)
    after = resource.identity.show(current.identity)
    for field in resource.managed(values):
        there = current.values.get(field.option, MISSING)
        if field.secret:
            if field in changed:
                before[field.option], after[field.option] = SECRET, SECRET + " (changed)"
            continue
        before.update(field.show(there))
        after.update(field.show(field.reached(there, values[field.option]) if field in changed else there))
    return before, after
