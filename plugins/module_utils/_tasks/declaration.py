# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The declared state of a server, the option `config` of `mailcow_config`: it is checked completely before any request, with the
places of all errors.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from .._api.errors import InvalidValue, MailcowError
from .._engine.bulk import Declared
from .._fields.field import MISSING
from .._kinds._order import KINDS
from .objects import item_spec, wanted

if TYPE_CHECKING:
    from .._engine.kind import Kind
    from .._engine.plan import Wanted
    from .._fields.field import Spec

# Maximum number of errors in a message.
_MOST_ERRORS = 20
# The options in messages of Ansible: the option, and those that contain it.
_OPTION = re.compile(r"^(?:argument '|value of |Elements value for option ')(\w+)")
_INSIDE = re.compile(r" found in '?([\w >-]+?)'?\.?(?= and |$)")
_UNSUPPORTED = re.compile(r"^([\w.]+)\. Supported parameters include: (.*)\.$")


class Declaration:
    """A checked ``config``.

    ``declared`` is the list of `_engine.bulk.Declared`, one for each kind, in the order of creation; ``secrets`` the values
    to mask; ``errors`` the error messages, each with its place. Only a declaration
    without errors is usable.
    """

    def __init__(
        self,
        config: Mapping[str, Any],
        prune: Sequence[str] = (),
        domains: Sequence[str] | None = None,
        allow_empty: bool = False,
    ) -> None:
        self.errors: list[str] = []
        self.secrets: set[str] = set()
        self._config = config
        self._domains = None if domains is None else set(domains)
        plurals = [kind.plural for kind in KINDS]
        for key in config:
            if key not in plurals:
                self.errors.append("config.%s: there is no such kind%s" % (key, _instead(key, plurals)))
        self.declared = [self._kind(kind, kind.plural in prune) for kind in KINDS]
        for declared in self.declared:
            if declared.prune and not allow_empty and not _declares(config.get(declared.kind.plural)):
                self.errors.append(
                    "config.%s: is empty, so pruning would delete all %s%s. If this is intended, set allow_empty to true"
                    % (declared.kind.plural, declared.kind.plural, "" if domains is None else " of %s" % ", ".join(domains))
                )
        self._spare()

    def check(self) -> None:
        """Raise MailcowError if there are errors."""
        if self.errors:
            more = len(self.errors) - _MOST_ERRORS
            told = self.errors[:_MOST_ERRORS] + (["and %d more" % more] if more > 0 else [])
            raise MailcowError("nothing was done, because the declared state is invalid: %s" % "; ".join(told))

    def _kind(self, kind: Kind, prune: bool) -> Declared:
        items = self._config.get(kind.plural)
        declared = Declared(kind, prune=prune)
        if items is None:
            return declared
        if kind.read.only_one and isinstance(items, dict):
            items = [items]
        if not isinstance(items, list):
            self.errors.append("config.%s: must be a list" % kind.plural)
            return declared
        validate = _Validator(dict(item_spec(kind), ignore={"type": "bool", "default": False}))
        places: dict[str, str] = {}
        alike, single = _Alike(kind), _OneAmong(kind)
        key = kind.identity.key
        for number, item in enumerate(items):
            place = "config.%s[%d]" % (kind.plural, number)
            wish = self._item(kind, validate, item, place)
            if wish is None:
                continue
            for name in {key(name) for name in (wish.identity, wish.rename_to) if name}:
                if name in places:
                    apart = "; they are identified by %s" % " and ".join(kind.identity.naming) if kind.identity.numbered else ""
                    self.errors.append("%s: %s is already declared in %s%s" % (place, name, places[name], apart))
                places[name] = place
            self.errors += alike.wrong(wish, place)
            if wish.options["ignore"]:
                declared.ignored[key(wish.identity)] = wish.identity
            else:
                declared.wanted.append(wish)
                self.errors += single.wrong(wish, place)
                self._check_scope(kind, wish, place)
        return declared

    def _item(self, kind: Kind, validate: _Validator, item: Any, place: str) -> Wanted | None:
        """Give the `_engine.plan.Wanted` of one item, or None if it has errors."""
        if not isinstance(item, dict):
            self.errors.append("%s: must be a dictionary with the options of the %s" % (place, kind.title))
            return None
        unshaped = [
            option for option, value in item.items() if isinstance(value, str) and validate.spec.get(option, {}).get("type") == "dict"
        ]
        self.errors += ["%s.%s: must be a dictionary" % (place, option) for option in unshaped]
        unknown = [option for option in item if option not in validate.spec]
        self.errors += ["%s.%s: there is no such option%s" % (place, option, _instead(option, validate.spec)) for option in unknown]
        given = {option: value for option, value in item.items() if option not in unshaped and option not in unknown}
        params, secrets, messages = validate(given)
        self.secrets |= secrets
        self.errors += list(dict.fromkeys(_placed(place, message) for message in messages))
        if unknown or unshaped or messages:
            return None
        try:
            return wanted(kind, params)
        except InvalidValue as error:
            self.errors.append("%s%s%s" % (place, "." if error.option else ": ", error))
            return None

    def _check_scope(self, kind: Kind, wish: Wanted, place: str) -> None:
        for name in (wish.identity, wish.rename_to) if self._domains is not None else ():
            domain = kind.scope_of(name, wish.values) if name else None
            if domain is not None and domain not in (self._domains or ()):
                self.errors.append("%s: %s belongs to the domain %s, which is not in domains" % (place, name, domain))

    def _spare(self) -> None:
        """Prevent the creation of an object from creating others that are declared themselves."""
        for declared in self.declared:
            present = {wish.identity for wish in declared.wanted if wish.state == "present"}
            for other in self.declared:
                spared = declared.kind.spares.get(other.kind.name)
                if spared:
                    other.wanted = [
                        replace(wish, values=dict(spared, **wish.values)) if wish.identity in present and wish.state == "present" else wish
                        for wish in other.wanted
                    ]


class _Alike:
    """Finds items of a kind that could mean the same object, because one specifies less of its identity than the other."""

    def __init__(self, kind: Kind) -> None:
        self._identity = kind.identity
        self._optional = [part for part in kind.identity.parts if part.option in getattr(kind.identity, "optional", ())]
        # The first item of each look: its place, its key, and the options that it leaves out.
        self._first: dict[tuple[str, ...], tuple[str, str, list[str]]] = {}

    def wrong(self, wish: Wanted, place: str) -> list[str]:
        """Give the errors of one more item."""
        if not self._optional or self._identity.number(wish.identity) is not None:
            return []
        look = tuple(str(part.given(wish.options)).lower() for part in self._identity.parts if part not in self._optional)
        left_out = [part.option for part in self._optional if part.given(wish.options) is MISSING]
        key = self._identity.key(wish.identity)
        other, its_key, also = self._first.setdefault(look, (place, key, left_out))
        missing = left_out or also
        if key == its_key or not missing:
            return []
        told = "%s: may be the same as %s; set %s in both, to an empty value if there is none"
        return [told % (place, other, " and ".join(missing))]


class _OneAmong:
    """Finds items that would remove a flag from each other that only one of them can have."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._first: dict[tuple[Any, ...], str] = {}

    def wrong(self, wish: Wanted, place: str) -> list[str]:
        """Give the errors of one more item."""
        single = self._kind.one_among
        group = single.group(wish.values) if single and wish.state == "present" else None
        # An omitted option of a new object has its default.
        if single is None or group is None or not wish.values.get(single.option, self._kind.by_option[single.option].default):
            return []
        first = self._first.setdefault(group, place)
        told = "%s.%s: only one %s with the same %s can have it, and %s has it too; set %s: false in all but one"
        return [] if first == place else [told % (place, single.option, self._kind.title, " and ".join(single.among), first, single.option)]


def _declares(items: Any) -> bool:
    """Whether a list declares any present objects, even if the declaration has errors."""
    if not isinstance(items, list):
        return items is not None
    return any(not isinstance(item, dict) or (item.get("state", "present") != "absent" and not item.get("ignore")) for item in items)


class _Validator:
    """Ansible's validation of one item, without its cost if there is nothing to convert.

    The cost grows with the number of options in the spec, and an item has few of forty. So there is one validator for all items
    with the same options, which knows only these. Items whose values have the right types need none.
    """

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self._defaults = {option: details["default"] for option, details in spec.items() if details.get("default") is not None}
        self._required = {option for option, details in spec.items() if details.get("required")}
        self._hidden = [option for option, details in spec.items() if details.get("no_log")]
        self._fits = {option: _fitting(details) for option, details in spec.items()}
        self._validators: dict[frozenset[str], ArgumentSpecValidator] = {}

    def __call__(self, item: dict[str, Any]) -> tuple[dict[str, Any], set[str], list[str]]:
        """Give (parameters, secrets, error messages) of one item, all of whose options exist."""
        if self._required <= item.keys() and all(self._fits[option](value) for option, value in item.items()):
            secrets = {item[option] for option in self._hidden if item.get(option)}
            return dict(self._defaults, **item), secrets, []
        known = frozenset(item)
        if known not in self._validators:
            roles = known | self._required | self._defaults.keys()
            self._validators[known] = ArgumentSpecValidator({option: self.spec[option] for option in roles})
        try:
            checked = self._validators[known].validate(item)
        except OverflowError as error:
            # Ansible fails to convert infinity to an integer.
            return {}, set(), ["a number is too large: %s" % error]
        return checked.validated_parameters, checked._no_log_values, checked.error_messages


def _fitting(details: dict[str, Any]) -> Callable[[Any], bool]:
    """Give a function that returns whether Ansible would accept a value unchanged."""
    fits = _FITS.get((details.get("type", "str"), details.get("elements")))
    if not fits or not details.keys() <= _HARMLESS:
        return lambda value: False
    choices = details.get("choices")
    if choices is None:
        return fits
    # In a list, each element must be one of the choices.
    return lambda value: fits(value) and (set(value) <= set(choices) if isinstance(value, list) else value in choices)


_HARMLESS = {"type", "elements", "choices", "default", "required", "no_log"}
_FITS: dict[tuple[str, str | None], Callable[[Any], bool]] = {
    ("str", None): lambda value: isinstance(value, str),
    ("bool", None): lambda value: isinstance(value, bool),
    ("int", None): lambda value: isinstance(value, int) and not isinstance(value, bool),
    ("raw", None): lambda value: value is not None,
    ("list", "str"): lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
}


def _placed(place: str, message: str) -> str:
    """Give a message of Ansible's validation with the place of the option before it."""
    unsupported = _UNSUPPORTED.match(message)
    if unsupported:
        return "%s.%s: there is no such option. There are: %s" % (place, *unsupported.groups())
    inside = _INSIDE.search(message)
    option = _OPTION.match(message)
    path = [place] + (inside.group(1).split(" -> ") if inside else []) + ([option.group(1)] if option else [])
    return "%s: %s" % (".".join(path), _INSIDE.sub("", message))


def _instead(name: object, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(str(name), list(known), 1)
    return "; did you mean %s?" % close[0] if close else ". There are: %s" % ", ".join(sorted(known))
