# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the existing and the wanted state of one object to the necessary writes. It sends no requests: what it needs to know about
other objects is in `inquiry.Known`.
"""

from __future__ import annotations

import dataclasses
from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.request import Request, items_of
from .._fields.field import MISSING, SECRET
from .kind import Needed, Situation
from .succession import Succession, other_names, succession

if TYPE_CHECKING:
    from .._fields.field import Field
    from .inquiry import Known
    from .kind import Add, Kind
    from .reading import Existing

ALWAYS = "always"


@dataclasses.dataclass(frozen=True)
class Wanted:
    """The user's declaration of one object.

    ``values``: canonical values by option, only specified ones; ``state``: present or absent; ``policies``: on_create
    or always by policy option; ``rename_to``: the new identity, or None; ``options``: all parameters, for the functions of
    the kind; ``chooses``: whether, of several objects with the identity, the one in the wanted state is meant. It is not changed
    after its creation.
    """

    identity: str
    values: Mapping[str, Any]
    state: str = "present"
    policies: Mapping[str, str] = dataclasses.field(default_factory=dict)
    rename_to: str | None = None
    options: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    chooses: bool = False


@dataclasses.dataclass
class Plan:
    """The next writes for one object, in order, and what they change.

    ``action``: create, update, delete, rename, tidy or none. ``before`` and ``after``: the managed options in the format of
    results. ``edited``: options that are being changed; ``unreadable``: those of them that cannot be verified by reading.
    ``stale``: see `kind.Add`. ``succession``: the one whose steps the requests are. ``stuck``: fields that mailcow did not change
    although it reported success. ``warnings``: our sentences for the user.
    """

    action: str = "none"
    requests: list[Request] = dataclasses.field(default_factory=list)
    before: dict[str, Any] = dataclasses.field(default_factory=dict)
    after: dict[str, Any] = dataclasses.field(default_factory=dict)
    edited: set[str] = dataclasses.field(default_factory=set)
    unreadable: set[str] = dataclasses.field(default_factory=set)
    stale: str | None = None
    succession: Succession | None = None
    stuck: list[Field] = dataclasses.field(default_factory=list)
    warnings: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True)
class Meanwhile:
    """Changes of other objects in the same run. ``many``: whether objects of many kinds change, so that limits that were read
    may be different when writing; ``changing``: names of domains that it creates or changes; ``going``: keys of
    objects that it deletes.
    """

    many: bool = False
    changing: set[str] = dataclasses.field(default_factory=set)
    going: set[str] = dataclasses.field(default_factory=set)


def make_plan(
    kind: Kind,
    wanted: Wanted,
    current: Existing | None,
    known: Known,
    meanwhile: Meanwhile | None = None,
    tried: Mapping[str, int] | None = None,
    written: Collection[str] = (),
    created: bool = False,
) -> Plan:
    """Give the `Plan` for one object.

    ``current``: the existing object, or None; ``known``: the result of `inquiry.inquire`. ``tried``: how often edits of this run
    have already set an option; ``written``: unreadable options that were written; ``created``: whether this run created the
    object. Raises InvalidValue for what mailcow would reject or silently ignore.
    """
    if current and current.twins and kind.identity.number(wanted.identity) is None:
        numbers = ", ".join(str(twin.item) for twin in current.twins)
        raise InvalidValue(kind.identity.option, "several match %s: %s; set the one that you mean" % (wanted.identity, numbers))
    if wanted.state == "absent" and kind.reset is None:
        return _deletion(kind, current, known)
    meanwhile = meanwhile or Meanwhile()
    if current is None:
        return _creation(kind, wanted, known, meanwhile)
    _check(kind, wanted, known, known.values, current, meanwhile)
    if kind.write.edits:
        return _update(kind, wanted, known, current, tried or {}, written, created)
    return _replacement(kind, wanted, known.values, current, tried or {})


def rename_plan(kind: Kind, wanted: Wanted, current: Existing) -> Plan:
    """Give the `Plan` that renames ``current`` to ``wanted.rename_to``; the other options follow under the new name.

    Raises InvalidValue if mailcow would not do it.
    """
    if kind.rename is None or wanted.rename_to is None:
        raise ValueError("%s cannot be renamed" % kind.title)
    kind.rename.check(current.identity, wanted.rename_to, current)
    return Plan(
        action="rename",
        requests=[_with_kept(kind, current, kind.rename.request(current, wanted.rename_to, wanted.options))],
        before=kind.identity.show(current.identity),
        after=kind.identity.show(wanted.rename_to),
    )


def tidy_plan(kind: Kind, surplus: Iterable[Existing]) -> Plan:
    """Give the `Plan` that deletes the duplicate that another run created at the same time."""
    return Plan(action="tidy", requests=[_delete(kind, twin) for twin in surplus])


def end_plan(steps: Succession) -> Plan:
    """Give the `Plan` that completes a succession whose last step may not have been done."""
    return Plan(action="tidy", requests=[steps.gone], succession=steps)


def _check(kind: Kind, wanted: Wanted, known: Known, values: Mapping[str, Any], current: Existing | None, meanwhile: Meanwhile) -> None:
    if not kind.check:
        return
    there = current.values if current else None
    kind.check(
        Situation(
            identity=wanted.rename_to or wanted.identity,
            given=values,
            current=there,
            merged=ChainMap(dict(values), {} if there is None else there),  # type: ignore[arg-type]  # only read
            raw=current.raw if current else None,
            holder=known.holder,
            firm=not meanwhile.many,
            holder_changes=kind.scope_of(wanted.identity, values) in meanwhile.changing,
        )
    )


def _deletion(kind: Kind, current: Existing | None, known: Known) -> Plan:
    if current is None:
        return Plan()
    if kind.is_permanent(current.identity):
        raise InvalidValue(None, "mailcow does not delete this %s; it can only be changed" % kind.title)
    before = kind.shown(current.identity, current.values)
    return Plan(action="delete", requests=[_delete(kind, current)], before=before, warnings=list(known.warnings))


def _delete(kind: Kind, current: Existing) -> Request:
    if kind.write.ends is not None:
        return Request("edit/" + kind.write.route, {"items": items_of(current.item), "attr": dict(kind.write.ends)}, current.item)
    items = [*items_of(current.item), *other_names(kind, current.identity)]
    return Request("delete/" + kind.write.route, items, items if len(items) > 1 else items[0], alone=kind.write.alone)


def _with_defaults(kind: Kind, add: Add, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values for an add: the specified ones, and the documented defaults of the others that its route accepts."""
    defaults = {field.option: field.default for field in kind.fields if add.takes is None or field.option in add.takes}
    return dict({option: value for option, value in defaults.items() if value is not MISSING}, **values)


def _creation(kind: Kind, wanted: Wanted, known: Known, meanwhile: Meanwhile) -> Plan:
    add = kind.write.add_for(known.values)
    if add is None:
        raise InvalidValue(None, "it does not exist on the server")
    number = kind.identity.number(wanted.identity)
    if number is not None:
        raise InvalidValue(kind.identity.option, "there is no %s with the ID %s" % (kind.title, number))
    values = _with_defaults(kind, add, known.values)
    try:
        _check_creation(kind, wanted, known, values, meanwhile)
    except Needed:
        if not known.maybe_made:
            raise
    if known.lacks:
        raise InvalidValue(None, known.lacks)
    after = kind.identity.show(wanted.identity)
    for field in kind.managed(values):
        after.update({field.option: SECRET} if field.secret else field.show(values[field.option]))
    requests = [_add_request(kind, add, wanted.identity, values)]
    return Plan(action="create", requests=requests, after=after, stale=add.stale, warnings=list(known.warnings))


def _check_creation(kind: Kind, wanted: Wanted, known: Known, values: Mapping[str, Any], meanwhile: Meanwhile) -> None:
    missing = [field.option for field in kind.fields if field.required_on_create and field.option not in values]
    if missing:
        raise Needed(", ".join(missing), "required to create it")
    _check(kind, wanted, known, values, None, meanwhile)


def _add_request(kind: Kind, add: Add, identity: str, values: Mapping[str, Any]) -> Request:
    body = {add.identity: identity} if add.identity else kind.identity.body(identity)
    for field in kind.managed(values):
        if field.on_add and (add.takes is None or field.option in add.takes):
            body.update(field.added(values[field.option], identity))
    body.update(add.fixed)
    instead = None
    if add.hidden:
        attr = {name: value for name, value in body.items() if name not in kind.identity.body(identity)}
        instead = (add.hidden, Request("edit/" + add.route, {"items": [identity], "attr": attr}, identity))
    return Request("add/" + add.route, body, join=kind.write.join, instead=instead)


def _replacement(kind: Kind, wanted: Wanted, values: Mapping[str, Any], current: Existing, tried: Mapping[str, int]) -> Plan:
    """Plan the replacement of an object that mailcow cannot edit by another one with the wanted values."""
    changed = [field for field in kind.managed(values) if _differs(field, current.values.get(field.option, MISSING), values[field.option])]
    stuck = [field for field in changed if field.option in tried]
    if stuck or not changed:
        return Plan(stuck=stuck)
    # Only options of the user select the add route; all other values are kept.
    choosers = {add.when for add in kind.write.adds or ()}
    staying = {option: value for option, value in current.values.items() if option not in choosers}
    merged = dict(staying, **values)
    add = kind.write.add_for(merged)
    if add is None:
        raise ValueError("%s can be neither edited nor added" % kind.title)
    before, after = _difference(kind, values, current, changed)
    plan = Plan(action="update", before=before, after=after, edited={field.option for field in changed}, stale=add.stale)
    if add.overwrites:
        plan.requests = [_add_request(kind, add, wanted.identity, merged)]
    else:
        plan.succession = succession(kind, wanted.identity, lambda name: _add_request(kind, add, name, merged))
        plan.requests = plan.succession.requests
    return plan


def _update(
    kind: Kind,
    wanted: Wanted,
    known: Known,
    current: Existing,
    tried: Mapping[str, int],
    written: Collection[str],
    created: bool,
) -> Plan:
    plan, values = Plan(), known.values
    changed: list[Field] = []
    attributes: dict[str, dict[str, Any]] = {}
    further: list[Request] = []
    for field in kind.managed(values):
        wish = values[field.option]
        there = current.values.get(field.option, MISSING)
        by_policy = _due_by_policy(field, wanted, written, created) and field.undecided(there, wish)
        if not field.on_edit or not (by_policy or (field.readable and _differs(field, there, wish))):
            continue
        if field.readable and not field.clearable and field.is_empty(wish):
            raise InvalidValue(field.option, "mailcow keeps the old value when this is set to %r on an existing %s" % (wish, kind.title))
        attr, requests = field.edits(current.item, there, wish, tried.get(field.option, 0))
        if not attr and not requests:
            plan.stuck.append(field)
            continue
        changed.append(field)
        if by_policy:
            plan.unreadable.add(field.option)
        if attr:
            attributes.setdefault(field.via or kind.write.route, {}).update(attr)
        further.extend(requests)
    # Removals are first, so that the values can be used elsewhere.
    further.sort(key=lambda request: not request.path.startswith("delete/"))
    edits = [
        Request("edit/" + route, {"items": items_of(current.item), "attr": attr}, current.item, alone=kind.write.alone)
        for route, attr in attributes.items()
    ]
    requests = [_with_kept(kind, current, request) for request in edits + further]
    plan.requests = _trials(kind, wanted, requests) + requests
    if plan.requests:
        plan.action = "update"
        plan.edited = {field.option for field in changed}
        plan.before, plan.after = _difference(kind, values, current, changed)
        plan.warnings.extend(known.warnings)
    return plan


def _trials(kind: Kind, wanted: Wanted, requests: Iterable[Request]) -> list[Request]:
    """Give the requests that test what others are going to write."""
    trial = kind.write.trial
    if trial is None or not wanted.options.get(trial.option):
        return []
    return [dataclasses.replace(one, path="edit/" + trial.route, trial=True) for one in requests if one.path == "edit/" + kind.write.route]


def _differs(field: Field, there: Any, wish: Any) -> bool:
    if there is MISSING:
        # For values that an older server does not return, the policy decides.
        return field.shown_since is None
    return not field.same(there, wish)


def _due_by_policy(field: Field, wanted: Wanted, written: Collection[str], created: bool) -> bool:
    """Whether to write a value that cannot be read (completely): once for a new object if the add ignores it, else if the
    policy is always.
    """
    if not field.policy or field.option in written or not field.worth_writing(wanted.values[field.option]):
        return False
    return not field.on_add if created else wanted.policies.get(field.policy) == ALWAYS


def _with_kept(kind: Kind, current: Existing, request: Request) -> Request:
    """Give the request with the values that mailcow would reset if an edit with its route omitted them."""
    if not request.path.startswith("edit/"):
        return request
    attr = request.body["attr"]
    return dataclasses.replace(request, body=dict(request.body, attr=dict(_kept(kind, current, request.path[5:], attr), **attr)))


def _kept(kind: Kind, current: Existing, route: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Give the attributes that an edit of ``current`` with ``route`` has to send in addition to ``attributes``."""
    kept: dict[str, Any] = {}
    for field in kind.fields:
        replaced = kind.write.replaces and field.on_edit
        there = current.values.get(field.option, field.default if replaced else MISSING)
        if (field.keep or replaced) and (field.via or kind.write.route) == route and there is not MISSING:
            kept.update(field.kept(there, dict(attributes)))
    return kept


def _difference(
    kind: Kind, values: Mapping[str, Any], current: Existing, changed: Collection[Field]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give (before, after) of the managed options. Unchanged ones are equal; of secrets and unreadable values, they contain only
    whether they change.
    """
    before = kind.identity.show(current.identity)
    after = kind.identity.show(current.identity)
    for field in kind.managed(values):
        there = current.values.get(field.option, MISSING)
        if field.secret:
            if field in changed:
                before[field.option], after[field.option] = SECRET, SECRET + " (changed)"
            continue
        before.update(field.show(there))
        after.update(field.show(field.reached(there, values[field.option]) if field in changed else there))
    return before, after
