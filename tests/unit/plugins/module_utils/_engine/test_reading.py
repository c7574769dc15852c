# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import ConnectionFailed
from ansible_collections.community.mailcow.plugins.module_utils._engine import reading
from ansible_collections.community.mailcow.plugins.module_utils._engine.identity import ByName
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Add, In, Kind, Write
from ansible_collections.community.mailcow.plugins.module_utils._engine.reading import Existing, find
from ansible_collections.community.mailcow.plugins.module_utils._engine.ways import InPlaces, Named, OfPlace
from ansible_collections.community.mailcow.plugins.module_utils._fields.mail import Domain
from ansible_collections.community.mailcow.plugins.module_utils._fields.plain import Text
from tests.unit.plugins.module_utils.fakes import DOMAINS, THING, Answers, Server, over

A, B, C = "a@one.example", "b@one.example", "c@two.example"
SERVER_WIDE = dataclasses.replace(THING, read=Named("thing", all="thing/all"))
LISTED = dataclasses.replace(THING, read=InPlaces(DOMAINS, "thing/all", reduced="thing/reduced", lacks=("limit",)))
NAMELESS = Kind(
    name="key",
    plural="keys",
    title="key of",
    identity=ByName(Domain("domain")),
    read=OfPlace(DOMAINS, "key"),
    write=Write("key", adds=(Add("key", overwrites=True),), edits=False),
    belongs=In("domain", str, needed=False),
    fields=(Text("selector"),),
)


def found(server: object, *identities: str, kind: Kind = THING, options: tuple = ()) -> dict[str, Existing]:
    return find(kind, identities, options, over(server))


def listed(server: object, kind: Kind = THING, **options: object) -> list[str]:
    return [existing.identity for existing in reading.listed(kind, over(server), **options)]


class TestFind:
    def test_one_object_by_its_own_route(self) -> None:
        server = Server(A, B, C, size="7")
        existing = found(server, A)[A]
        assert (existing.identity, existing.item, existing.values["size"]) == (A, 1, 7)
        assert existing.raw["address"] == A
        assert server.reads() == ["thing/" + A]

    def test_what_cannot_be_read_is_no_value(self) -> None:
        assert not {"password", "note", "first"} & set(found(Server(A), A)[A].values)

    def test_missing_ones_are_left_out(self) -> None:
        assert set(found(Server(A), A, B)) == {A}

    def test_case_is_no_difference(self) -> None:
        existing = found(Server("Info@one.example"), "INFO@one.example")["info@one.example"]
        assert existing.identity == "Info@one.example"

    def test_few_objects_of_a_domain_one_by_one(self) -> None:
        addresses = ["%d@one.example" % number for number in range(8)]
        server = Server(*addresses)
        assert set(found(server, *addresses)) == set(addresses)
        assert server.reads() == ["thing/" + address for address in addresses]

    def test_many_objects_by_the_list_of_their_domain(self) -> None:
        addresses = ["%d@one.example" % number for number in range(9)]
        server = Server(*addresses, B, C)
        assert set(found(server, *addresses, C, "missing@two.example")) == {*addresses, C}
        assert sorted(server.reads()) == sorted(["thing/all/one.example", "thing/" + C, "thing/missing@two.example"])

    def test_objects_without_a_route_of_their_own_by_list(self) -> None:
        server = Server(A, B, C)
        assert set(found(server, A, C, kind=LISTED)) == {A, C}
        assert sorted(server.reads()) == ["thing/all/one.example", "thing/all/two.example"]

    @pytest.mark.parametrize(
        ("options", "route"),
        [((), "thing/all"), (("size",), "thing/reduced"), (("size", "limit"), "thing/all"), (("password", "name"), "thing/reduced")],
    )
    def test_the_reduced_list_only_when_it_has_what_is_needed(self, options: tuple, route: str) -> None:
        server = Server(A, limit="3")
        found(server, A, kind=LISTED, options=options)
        assert server.reads() == [route + "/one.example"]

    def test_an_unknown_domain_that_lists_everything(self) -> None:
        """facts-mailboxes 1.1: get/mailbox/all/{unknown domain} gives all mailboxes of the server."""
        server = Server(A, B, domains=("one.example",))
        assert found(server, "a@gone.example", kind=LISTED) == {}
        assert listed(server, scope=["gone.example"]) == []


class TestAnswersAboutOthers:
    def test_an_alias_domain_answers_with_its_target(self) -> None:
        """facts-server 2."""
        kind = dataclasses.replace(NAMELESS, identity=ByName(Domain("domain", read="domain_name")), read=Named("domain", all="domain/all"))
        server = Answers({"domain/alias.example": {"domain_name": "target.example", "selector": "x"}})
        assert found(server, "alias.example", kind=kind) == {}
        assert server.asked == ["domain/alias.example"]

    def test_the_digits_trap(self) -> None:
        """facts-mailboxes 12.1: get/alias/3sales@… gives the alias with the id 3, which may hide the one that was meant."""
        other, meant = {"id": 3, "address": A}, {"id": 9, "address": "3sales@one.example"}
        server = Answers({"thing/3sales@one.example": other, "thing/all/one.example": [other, meant]})
        assert found(server, "3sales@one.example")["3sales@one.example"].item == 9
        server.answers["thing/all/one.example"] = [other]
        assert found(server, "3sales@one.example") == {}

    def test_an_object_full_of_nulls_is_none(self) -> None:
        """facts-mailboxes 1.1."""
        nulls = dict.fromkeys(("id", "address", "domain", "name", "tags"))
        server = Answers({"thing/" + A: nulls, "thing/all/one.example": [nulls, {"id": 2, "address": B}]})
        assert found(server, A) == {}
        assert listed(server, scope=["one.example"]) == [B]

    def test_a_slash_cannot_stand_in_a_path(self) -> None:
        """facts-mailboxes 0.1."""
        server = Server("a/b@one.example", A)
        assert set(found(server, "a/b@one.example", "x/y@one.example")) == {"a/b@one.example"}
        assert set(server.reads()) == {"thing/all/one.example"}


class TestList:
    def test_of_all_domains(self) -> None:
        server = Server(A, B, C)
        assert sorted(listed(server)) == [A, B, C]
        assert server.reads() == ["domain/all", "alias-domain/all", "thing/all/one.example", "thing/all/two.example"]

    def test_of_some_domains(self) -> None:
        server = Server(A, B, C)
        assert listed(server, scope=["two.example"]) == [C]
        assert server.reads() == ["thing/all/two.example"]

    def test_of_some_domains_where_there_is_one_list(self) -> None:
        assert listed(Server(A, B, C), SERVER_WIDE, scope=["one.example"]) == [A, B]

    def test_of_no_domain(self) -> None:
        server = Server(A)
        assert listed(server, scope=[]) == []

    def test_nothing(self) -> None:
        assert listed(Server(domains=())) == []
        assert listed(Server(), SERVER_WIDE) == []

    def test_nobody_stands_in_it_twice(self) -> None:
        """facts-mailboxes 1.1: known mailboxes come twice when an unknown domain stands beside theirs."""
        assert sorted(listed(Server(A, C), scope=["one.example", "gone.example", "two.example"])) == [A, C]

    @pytest.mark.parametrize(("options", "route"), [(("size",), "thing/reduced"), (None, "thing/all"), (("limit",), "thing/all")])
    def test_by_the_cheapest_route(self, options: tuple | None, route: str) -> None:
        server = Server(A)
        listed(server, scope=["one.example"], options=options)
        assert server.reads() == [route + "/one.example"]

    def test_objects_that_do_not_name_themselves(self) -> None:
        server = Answers(
            {
                "domain/all": [{"domain_name": "one.example"}, {"domain_name": "two.example"}],
                "alias-domain/all": [{"alias_domain": "three.example"}],
                "key/one.example": {"selector": "dkim"},
                "key/three.example": {"selector": "mail"},
            }
        )
        existing = reading.listed(NAMELESS, over(server))
        assert [(one.identity, one.values) for one in existing] == [
            ("one.example", {"selector": "dkim"}),
            ("three.example", {"selector": "mail"}),
        ]
        assert listed(server, NAMELESS, scope=["three.example"]) == ["three.example"]
        assert found(server, "one.example", kind=NAMELESS)["one.example"].item == "one.example"


class TestSources:
    """Values that stand behind a route of their own."""

    SCORED = dataclasses.replace(THING, fields=(*THING.fields, Text("score", source=("score",))))

    def server(self) -> Answers:
        return Answers({"thing/" + A: {"id": 1, "address": A, "score": "trap"}, "score/" + A: {"score": "5,15"}})

    def test_are_read_when_they_are_needed(self) -> None:
        server = self.server()
        assert found(server, A, kind=self.SCORED, options=("score",))[A].values["score"] == "5,15"
        assert server.asked == ["thing/" + A, "score/" + A]

    def test_and_only_then(self) -> None:
        server = self.server()
        assert "score" not in found(server, A, kind=self.SCORED, options=("size",))[A].values
        assert server.asked == ["thing/" + A]


class TestMemory:
    def test_what_was_asked_is_not_asked_again(self) -> None:
        server = Server()
        link = over(server)
        assert link.ask("domain", "one.example") == link.ask("domain", "one.example") == {"domain_name": "one.example"}
        assert server.reads() == ["domain/one.example"]

    def test_what_is_missing_is_remembered_too(self) -> None:
        server = Server(domains=())
        link = over(server)
        assert link.ask("domain", "one.example") is link.ask("domain", "one.example") is None
        assert server.reads() == ["domain/one.example"]

    def test_until_something_is_written(self) -> None:
        server = Server(domains=())
        link = over(server)
        link.ask("domain", "one.example")
        server.domains = ("one.example",)
        link.forget()
        assert link.ask("domain", "one.example")


class TestSideBySide:
    def test_the_order_is_kept(self) -> None:
        assert over(None, connections=4).each(lambda value: value * 2, range(20)) == [value * 2 for value in range(20)]

    def test_the_result_is_the_same(self) -> None:
        addresses = ["%d@%s.example" % (number, name) for number in range(12) for name in ("one", "two")]
        one, many = (find(THING, addresses[3:], (), over(Server(*addresses), connections=count)) for count in (1, 4))
        assert one == many

    def test_an_error_is_raised(self) -> None:
        server = Server(A, C)
        server.fails("GET thing/all/two", ConnectionFailed("broken"))
        with pytest.raises(ConnectionFailed, match="broken"):
            reading.listed(THING, over(server, connections=4))
