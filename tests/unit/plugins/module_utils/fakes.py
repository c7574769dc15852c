# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A kind that has one of everything, and a server in memory that holds it: for tests of the engine without HTTP."""

from __future__ import annotations

import copy
import dataclasses
import re
import threading
from collections.abc import Callable

from ansible_collections.community.mailcow.plugins.module_utils._api.entry import Entry
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import EmptyAnswer, InvalidValue, MailcowError, Refused
from ansible_collections.community.mailcow.plugins.module_utils._api.names import split_address
from ansible_collections.community.mailcow.plugins.module_utils._api.request import Request
from ansible_collections.community.mailcow.plugins.module_utils._engine import server as engine
from ansible_collections.community.mailcow.plugins.module_utils._engine.converge import Outcome, converge
from ansible_collections.community.mailcow.plugins.module_utils._engine.identity import ByName
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Add, Beside, In, Kind, Protect, Rename, Write, shows
from ansible_collections.community.mailcow.plugins.module_utils._engine.plan import Wanted
from ansible_collections.community.mailcow.plugins.module_utils._engine.ways import InPlaces, Named, Places
from ansible_collections.community.mailcow.plugins.module_utils._fields.features import Tags
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import MISSING, Field
from ansible_collections.community.mailcow.plugins.module_utils._fields.mail import Address
from ansible_collections.community.mailcow.plugins.module_utils._fields.plain import Flag, Kept, Number, Password, Text


class Sticky(Field):
    """A set of which some entries go only by the way of ``*``, as sender_acl (facts-mailboxes 1.7)."""

    type = "list"

    def canonical(self, value: list) -> list:
        return sorted(set(value))

    def from_server(self, value: list | None) -> list:
        return sorted(value or [])

    def edits(self, item: object, current: list, wanted: list, attempt: int) -> tuple:
        if attempt == 1:
            return {}, [Request("edit/thing", {"items": [item], "attr": self.body(value)}, item) for value in (["*"], wanted)]
        return super().edits(item, current, wanted, attempt)


def _rename(current: object, new: str, options: dict) -> Request:
    return Request("edit/thing-name", {"items": [current.item], "attr": {"address": new}}, current.item)


def _can_rename(old: str, new: str, current: object) -> None:
    if domain(old) != domain(new):
        raise InvalidValue("rename_to", "cannot move to another domain")


def domain(identity: str) -> str:
    return split_address(identity)[1]


DOMAINS = Places("domain", (("domain/all", "domain_name"), ("alias-domain/all", "alias_domain")))
THING = Kind(
    name="thing",
    plural="things",
    title="thing",
    identity=ByName(Address("address"), item="id"),
    read=InPlaces(DOMAINS, "thing/all", one="thing", reduced="thing/reduced", lacks=("limit",), hides=True),
    write=Write("thing"),
    belongs=In("domain", domain),
    rename=Rename(request=_rename, check=_can_rename),
    fields=(
        Text("name", clearable=False),
        Number("size", default=5),
        Flag("active", default=True),
        Flag("pinned", keep=True),
        Kept("hash", keep=True),
        Tags("tags", remove="thing/tag"),
        Sticky("sticky", on_add=False),
        Number("limit", via="thing-limit", on_add=False),
        Text("late", on_add=False),
        Text("first", read=None, on_edit=False),
        Text("note", read=None, on_add=False, policy="update_write_only"),
        Password("password", read=None, policy="update_password"),
    ),
    status=shows("id"),
)
# What mailcow cannot edit: its successor is made under another name.
STONE = Kind(
    name="stone",
    plural="stones",
    title="stone",
    identity=ByName(Address("address"), item="id"),
    read=Named("thing", all="thing/all"),
    write=Write(
        "thing",
        adds=(Add("overwrite", when="name", takes=("name", "size"), overwrites=True, fixed={"force": 1}), Add("thing", takes=("size",))),
        edits=False,
        beside=Beside(lambda address: "new." + address, copy="copy", source="of", target="address"),
    ),
    fields=(Text("name"), Number("size", default=5)),
)
# What takes the permission of the object named "owner" away whenever it is edited.
GRABBER = dataclasses.replace(
    THING, protect=Protect(affected=lambda current, wanted: {"owner"}, read="owner", value="allowed", write="owner")
)


@dataclasses.dataclass
class Rule:
    """See `Server.fails`."""

    pattern: re.Pattern
    error: MailcowError
    when: str
    times: int
    skip: int

    def applies(self, request: str) -> bool:
        if not self.pattern.search(request) or not self.times:
            return False
        self.skip -= 1
        return self.skip < 0


class Server:
    """In place of `_api.client.Client`. ``log`` is all that was asked, as (method, path, body); ``things`` is what there is by id."""

    def __init__(self, *addresses: str, domains: tuple = ("one.example", "two.example"), **values: object) -> None:
        self.things: dict[int, dict] = {}
        self.last = 0
        self.domains = domains
        self.owners = {"owner": ["x", "y"]}
        # Entries that a list does not take off.
        self.glued: set[str] = set()
        # Attributes that edits report as done and ignore.
        self.deaf: set[str] = set()
        self.passwords: dict[str, str] = {}
        self.notes: list[str] = []
        self.log: list[tuple] = []
        self.rules: list[Rule] = []
        self.lock = threading.RLock()
        for address in addresses:
            self.make(address, **values)

    def make(self, address: str, **values: object) -> dict:
        self.last += 1
        thing = {"id": self.last, "address": address, "domain": domain(address), "hash": "h%d" % self.last, "pinned": "0", "active": 1}
        # Numbers as text, as in mailcow.
        thing.update({"name": "", "size": "5", "limit": "0", "late": None, "sticky": [], "tags": []}, **values)
        self.things[self.last] = thing
        return thing

    def fails(self, path: str, error: MailcowError, when: str = "before", times: int = 1, skip: int = 0) -> None:
        """Answer requests whose method and path match with ``error``; ``when`` after: once they are done. ``skip``: not the first."""
        self.rules.append(Rule(re.compile(path), error, when, times, skip))

    def writes(self, path: str = "") -> list[tuple]:
        return [(path_, body) for method, path_, body in self.log if method == "POST" and re.search(path, path_)]

    def reads(self, path: str = "") -> list[str]:
        return [path_ for method, path_, body in self.log if method == "GET" and re.search(path, path_)]

    def state(self) -> dict:
        """What there is by address, without what the server numbers."""
        return {
            thing["address"]: {key: copy.copy(thing[key]) for key in thing if key not in ("id", "hash")} for thing in self.things.values()
        }

    def get(self, route: str, *segments: str) -> object:
        return self._ask("GET", "/".join((route,) + segments), None, lambda: self._get(route, *segments))

    def write(self, path: str, body: object) -> list[Entry]:
        return self._ask("POST", path, body, lambda: self._write(path, body))

    def _ask(self, method: str, path: str, body: object, do: Callable) -> object:
        with self.lock:
            self.log.append((method, path, copy.deepcopy(body)))
            rule = next((rule for rule in self.rules if rule.applies("%s %s" % (method, path))), None)
            if rule:
                rule.times -= 1
                if rule.when == "after":
                    do()
                raise rule.error
            return copy.deepcopy(do())

    def _get(self, route: str, *segments: str) -> object:
        name = segments[0] if segments else None
        if route == "domain":
            return {"domain_name": name} if name in self.domains else None
        if route == "domain/all":
            return [{"domain_name": name} for name in self.domains]
        if route == "owner":
            return {"allowed": self.owners[name]} if name in self.owners else None
        if route == "thing":
            return next((thing for thing in self.things.values() if thing["address"].lower() == name.lower()), None)
        if route in ("thing/all", "thing/reduced"):
            # An unknown domain lists all, as in mailcow.
            found = [thing for thing in self.things.values() if name not in self.domains or thing["domain"] == name]
            if route == "thing/reduced":
                found = [{key: value for key, value in thing.items() if key != "limit"} for thing in found]
            return found or None
        return None

    def _write(self, path: str, body: object) -> list[Entry]:
        verb, _slash, route = path.partition("/")
        entries = []
        if verb == "add":
            entries = self._add(path, route, dict(body))
        elif path == "edit/owner":
            self.owners[body["items"][0]] = body["attr"]["allowed"]
            entries = [Entry("success", "owner_modified", ())]
        elif route.startswith("thing/tag/"):
            thing = self.things[int(route[10:])]
            gone = {tag.lower() for tag in body}
            thing["tags"] = [tag for tag in thing["tags"] if tag.lower() not in gone]
            entries = [Entry("success", "modified", ())]
        else:
            for name in body["items"] if verb == "edit" else body:
                item = (self._get("thing", name) or {"id": None})["id"] if isinstance(name, str) else name
                if item is None:
                    entries.append(Entry("success", "deleted_what_is_not_there", ()))
                elif item not in self.things:
                    entries.append(Entry("danger", "access_denied", ()))
                else:
                    if verb == "edit":
                        self._edit(route, self.things[item], body["attr"])
                    else:
                        del self.things[item]
                    entries.append(Entry("success", "done", (item,)))
        if any(entry.refuses for entry in entries):
            raise Refused("%s/%s" % (verb, route), "POST " + path, entries)
        return entries

    def _add(self, path: str, route: str, attr: dict) -> list[Entry]:
        address = attr.pop("address")
        there = self._get("thing", address)
        if route == "copy":
            source = self._get("thing", attr["of"])
            if source is None:
                return [Entry("danger", "nothing_to_copy", (attr["of"],))]
            attr = source
        elif there and route != "overwrite":
            return [Entry("danger", "object_exists", (address,))]
        if there:
            del self.things[there["id"]]
        if "password" in attr:
            self.passwords[address] = attr["password"]
        known = {key: value for key, value in attr.items() if key in ("name", "size", "active", "pinned", "tags") and key not in self.deaf}
        self.make(address, **known)
        return [Entry("success", "added", (address,))]

    def _edit(self, route: str, thing: dict, attr: dict) -> None:
        if route == "thing":
            # What an edit omits is reset.
            thing.update(pinned="0", hash="")
        if set(attr.get("tags", [])) & set(thing["tags"]):
            raise EmptyAnswer("the tag is there", "POST edit/thing")
        if "note" in attr:
            self.notes.append(attr["note"])
        if "password" in attr:
            self.passwords[thing["address"]] = attr["password"]
        for key, value in attr.items():
            if key in self.deaf or key not in thing or (key == "name" and not value):
                continue
            if key == "tags":
                thing["tags"] = thing["tags"] + value[:26]
            elif key == "sticky":
                glued = [] if value == ["*"] else self.glued & set(thing["sticky"])
                thing["sticky"] = sorted({*value, *glued})
            else:
                thing[key] = str(value) if isinstance(value, int) else value


class Answers:
    """In place of `_api.client.Client`, as `Server`: gives the answers to GETs as they were written down, and keeps what was asked."""

    def __init__(self, answers: dict) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def get(self, *path: str) -> object:
        self.asked.append("/".join(path))
        return self.answers.get(self.asked[-1])

    def page(self, path: str, host: str, strict: bool = False) -> str | None:
        assert strict, "an answer of somebody else would be taken for none"
        self.asked.append("%s of %s" % (path, host))
        return self.answers.get(self.asked[-1])


def wish(address: str = "a@one.example", kind: Kind = THING, state: str = "present", **values: object) -> Wanted:
    """Make a `Wanted` of options; rename_to and the policies among them."""
    rename_to = values.pop("rename_to", None)
    policies = {policy: values.pop(policy, "on_create") for policy in kind.policies}
    given = {field.option: field.given(values) for field in kind.fields}
    assert set(values) <= set(given), "options that the kind has not"
    wanted = {option: value for option, value in given.items() if value is not MISSING}
    return Wanted(kind.identity.given({"address": address}), wanted, state, policies, rename_to)


def over(server: object, check: bool = False, connections: int = 1) -> engine.Server:
    """The engine's server over one in memory."""
    return engine.Server(server, check, connections)


def apply(server: Server, *wishes: Wanted, kind: Kind = THING, check: bool = False, connections: int = 1) -> list[Outcome]:
    return converge(kind, list(wishes), over(server, check, connections))


def apply_one(server: Server, wanted: Wanted, kind: Kind = THING, check: bool = False) -> Outcome:
    """As `apply`, for one object that must not fail."""
    outcome = apply(server, wanted, kind=kind, check=check)[0]
    assert outcome.error is None, outcome.error
    return outcome
