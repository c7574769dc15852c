# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which GETs each way of reading asks, and what it gives of their answers; which objects were meant is in test_reading.py."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import BadAnswer
from ansible_collections.community.mailcow.plugins.module_utils._engine.identity import ByName, ByParts, Identity, OnlyOne
from ansible_collections.community.mailcow.plugins.module_utils._engine.ways import (
    FEW,
    InPlaces,
    ListsOfPlace,
    Look,
    Named,
    OfPlace,
    Owners,
    PageOfPlace,
    PerOwner,
    Places,
    Table,
    TheOnly,
    Way,
)
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import Field
from ansible_collections.community.mailcow.plugins.module_utils._fields.mail import Domain
from tests.unit.plugins.module_utils.fakes import DOMAINS, THING, Answers, over

ONE, TWO, ALIASED = "one.example", "two.example", "alias.example"
A, B = {"id": 1, "address": "a@one.example"}, {"id": 2, "address": "b@one.example"}
NULLS = {"id": None, "address": None}
# The domains that are there, asked for as a whole and one by one.
THERE = {
    "domain/all": [{"domain_name": ONE}, {"domain_name": TWO}],
    "alias-domain/all": [{"alias_domain": ALIASED}],
    "domain/" + ONE: {"domain_name": ONE},
    "domain/" + TWO: {"domain_name": TWO},
}
BY_DOMAIN = ByName(Domain("domain"))


def addresses(count: int) -> list[str]:
    return ["u%d@one.example" % number for number in range(count)]


class Reading:
    """One way over scripted answers; ``asked`` is what it asked."""

    def __init__(self, way: Way, answers: dict, identity: Identity = THING.identity) -> None:
        self.way = way
        self.identity = identity
        self.script = Answers(answers)
        self.server = over(self.script)

    @property
    def asked(self) -> list[str]:
        return self.script.asked

    def find(self, groups: dict, *options: str) -> list:
        return self.way.find(groups, Look(self.server, self.identity, options))

    def list(self, scope: Sequence[str] | None, *options: str) -> list:
        return self.way.list(scope, Look(self.server, self.identity, options))

    def list_of(self, place: str, *options: str) -> list:
        return self.way.list_of(place, Look(self.server, self.identity, options))


class TestPlaces:
    def test_the_names_of_all(self) -> None:
        script = Answers(THERE)
        assert DOMAINS.names(over(script)) == [ONE, TWO, ALIASED]
        assert script.asked == ["domain/all", "alias-domain/all"]

    def test_there_are_none(self) -> None:
        assert DOMAINS.names(over(Answers({}))) == []

    def test_few_are_looked_for_one_by_one(self) -> None:
        script = Answers(THERE)
        names = [TWO, *("gone%d.example" % number for number in range(FEW - 1))]
        assert DOMAINS.that_exist(names, over(script)) == [TWO]
        assert script.asked == ["domain/" + name for name in names]

    def test_many_are_looked_for_in_the_lists(self) -> None:
        script = Answers(THERE)
        names = [TWO, ALIASED, *("gone%d.example" % number for number in range(FEW - 1))]
        assert DOMAINS.that_exist(names, over(script)) == [ALIASED, TWO]
        assert script.asked == ["domain/all", "alias-domain/all"]


class TestTheOnly:
    def reading(self, **answers: object) -> Reading:
        return Reading(TheOnly("settings"), answers, OnlyOne())

    def test_it_is_there(self) -> None:
        there = {"a": 1}
        reading = self.reading(settings=there)
        assert reading.find({"": ["of the server"]}) == reading.list(None) == reading.list([ONE]) == reading.list_of("x") == [there]
        assert reading.asked == ["settings"]
        assert reading.way.only_one

    def test_a_list_has_it_even_if_it_is_empty(self) -> None:
        assert self.reading().list(None) == [{}]
        assert self.reading().find({"": ["of the server"]}) == []


class TestTable:
    def test_there_is_one_list_for_everything(self) -> None:
        reading = Reading(Table("thing/all"), {"thing/all": [A, NULLS, B]})
        assert reading.find({"": ["a@one.example"]}) == reading.list(None) == reading.list([TWO]) == reading.list_of(TWO) == [A, B]
        assert reading.asked == ["thing/all"]

    def test_nothing(self) -> None:
        assert Reading(Table("thing/all"), {}).list(None) == []

    def test_several_entries_are_one_object(self) -> None:
        combined = []

        def combine(raws: list) -> list:
            combined.append(raws)
            return raws[:1]

        reading = Reading(Table("thing/all", combine), {"thing/all": [NULLS, A, B]})
        assert reading.find({"": ["b@one.example"]}) == reading.list(None) == [A]
        assert combined == [[A, B]] * 2


class TestNamed:
    WAY = Named("thing", all="thing/all")

    def test_few_one_by_one(self) -> None:
        names = addresses(FEW)
        reading = Reading(self.WAY, {"thing/" + name: {"id": 3, "address": name} for name in names[1:]})
        assert [raw["address"] for raw in reading.find({"": names})] == names[1:]
        assert reading.asked == ["thing/" + name for name in names]

    def test_many_by_the_list(self) -> None:
        reading = Reading(self.WAY, {"thing/all": [A, NULLS, B]})
        names = addresses(FEW + 1)
        assert reading.find({ONE: names[:5], TWO: names[5:]}) == [A, B]
        assert reading.asked == ["thing/all"]

    def test_the_list_is_the_same_for_every_domain(self) -> None:
        reading = Reading(self.WAY, {"thing/all": [A, NULLS]})
        assert reading.list(None) == reading.list([TWO]) == reading.list_of(TWO) == [A]
        assert reading.asked == ["thing/all"]

    def test_those_with_a_slash_by_the_list(self) -> None:
        slashed = {"id": 7, "address": "x/y@one.example"}
        reading = Reading(self.WAY, {"thing/a@one.example": A, "thing/all": [A, slashed]})
        assert reading.find({"": ["a@one.example", "X/y@one.example", "gone/x@one.example"]}) == [A, slashed]
        assert reading.asked == ["thing/a@one.example", "thing/all"]

    def test_who_else_has_the_name(self) -> None:
        answers = {"thing/a@one.example": B}
        told = Reading(Named("thing", all="thing/all", another="is {address}"), answers)
        assert told.way.namesake("a@one.example", told.server) == B
        silent = Reading(self.WAY, answers)
        assert silent.way.namesake("a@one.example", silent.server) is None
        assert (told.asked, silent.asked) == (["thing/a@one.example"], [])


class TestInPlaces:
    LISTS = InPlaces(DOMAINS, "thing/all", reduced="thing/reduced", lacks=("limit",), unknown_gives_all=True)

    def test_some_one_by_one_and_some_by_the_list(self) -> None:
        many = ["u%d@two.example" % number for number in range(FEW + 1)]
        reading = Reading(InPlaces(DOMAINS, "thing/all", one="thing"), {"thing/a@one.example": A, "thing/all/" + TWO: [B, NULLS]})
        assert reading.find({ONE: ["a@one.example"], TWO: many}) == [A, B]
        assert reading.asked == ["thing/a@one.example", "thing/all/" + TWO]

    @pytest.mark.parametrize(("hides", "found"), [(True, [A]), (False, [])])
    def test_an_answer_about_another_is_searched_behind_only_if_it_can_hide_one(self, hides: bool, found: list) -> None:
        way = InPlaces(DOMAINS, "thing/all", one="thing", reduced="thing/reduced", hides=hides)
        reading = Reading(way, {"thing/a@one.example": B, "thing/all/" + ONE: [B, A]})
        # The search takes the list that shows everything, whatever is needed.
        assert reading.find({ONE: ["a@one.example"]}, "size") == found
        assert reading.asked == ["thing/a@one.example"] + ["thing/all/" + ONE] * hides

    def test_none_is_not_searched_behind(self) -> None:
        reading = Reading(InPlaces(DOMAINS, "thing/all", one="thing", hides=True), {"thing/all/" + ONE: [A]})
        assert reading.find({ONE: ["a@one.example"]}) == []
        assert reading.asked == ["thing/a@one.example"]

    def test_the_list_of_an_unknown_domain_is_not_asked_for(self) -> None:
        """facts-mailboxes 1.1: it would be the list of all."""
        answers = {**THERE, "thing/reduced/" + ONE: [A]}
        reading = Reading(self.LISTS, answers)
        assert reading.list([ONE, "gone.example"], "size") == [A]
        assert reading.asked == ["domain/" + ONE, "domain/gone.example", "thing/reduced/" + ONE]
        reading = Reading(self.LISTS, answers)
        assert reading.find({"gone.example": ["a@gone.example"]}, "size") == []
        assert reading.asked == ["domain/gone.example"]

    def test_of_all_domains_that_are_known_anyway(self) -> None:
        reading = Reading(self.LISTS, {**THERE, "thing/all/" + TWO: [B]})
        assert reading.list(None, "limit") == reading.list_of(TWO, "limit") == [B]
        assert reading.asked == ["domain/all", "alias-domain/all", *("thing/all/" + name for name in (ONE, TWO, ALIASED))]


BOX, OTHER = "box@one.example", "other@two.example"
JOB, FURTHER, NOTHING = (
    {"id": 1, "owner": BOX, "label": "x"},
    {"id": 2, "owner": OTHER, "label": "y"},
    dict.fromkeys(("id", "owner", "label")),
)
JOBS = {
    **THERE,
    "mailbox/reduced/" + ONE: [{"username": BOX, "domain": ONE}],
    "mailbox/reduced/" + TWO: [{"username": OTHER, "domain": TWO}],
    # The mailboxes of its target.
    "mailbox/reduced/" + ALIASED: [{"username": BOX, "domain": ONE}],
    "job/%s/no_log" % BOX: [JOB, NOTHING],
    "job/%s/no_log" % OTHER: [FURTHER],
    "job/%s/with_secret" % BOX: [dict(JOB, secret="s")],
    "job/all/no_log": [JOB, FURTHER, NOTHING],
}


class TestPerOwner:
    def reading(self, **options: object) -> Reading:
        way = PerOwner(
            Owners(Places("domain", DOMAINS.lists[:1]), "mailbox/reduced", name="username", place="domain", one="mailbox"),
            "job",
            suffix=("no_log",),
            suffix_for={"secret": ("with_secret",)},
            **options,
        )
        return Reading(way, JOBS, ByParts("id", parts=(Field("owner"), Field("label")), place="owner"))

    def test_by_the_list_of_its_mailbox(self) -> None:
        reading = self.reading()
        assert reading.find({BOX: ["box@one.example x"], "gone@one.example": ["gone@one.example x"]}, "label") == [JOB]
        assert reading.asked == ["job/%s/no_log" % BOX, "job/gone@one.example/no_log"]

    def test_the_list_of_a_mailbox(self) -> None:
        reading = self.reading(all="job/all")
        assert reading.list_of(BOX) == [JOB]
        assert reading.asked == ["job/%s/no_log" % BOX]

    def test_an_option_that_is_shown_only_on_demand(self) -> None:
        reading = self.reading()
        assert reading.list_of(BOX, "label", "secret") == [dict(JOB, secret="s")]
        assert reading.asked == ["job/%s/with_secret" % BOX]

    def test_the_list_of_all(self) -> None:
        reading = self.reading(all="job/all")
        assert reading.list(None) == [JOB, FURTHER]
        assert reading.asked == ["job/all/no_log"]

    def test_of_all_mailboxes_where_there_is_none(self) -> None:
        reading = self.reading()
        assert reading.list(None) == [JOB, FURTHER]
        assert reading.asked == [
            "domain/all",
            *("mailbox/reduced/" + name for name in (ONE, TWO)),
            *("job/%s/no_log" % name for name in (BOX, OTHER)),
        ]

    def test_of_the_mailboxes_of_some_domains(self) -> None:
        reading = self.reading(all="job/all")
        assert reading.list([TWO, "gone.example"]) == [FURTHER]
        assert reading.asked == ["domain/" + TWO, "domain/gone.example", "mailbox/reduced/" + TWO, "job/%s/no_log" % OTHER]

    def test_an_alias_domain_has_no_mailboxes(self) -> None:
        reading = self.reading()
        reading.script.answers = {**JOBS, "domain/" + ALIASED: {"domain_name": ONE}}
        assert reading.list([ALIASED]) == []
        assert reading.asked == ["domain/" + ALIASED, "mailbox/reduced/" + ALIASED]


KEYS = [{"domain": ONE, "selector": "dkim"}, {"domain": ALIASED, "selector": "mail"}]


class TestOfDomain:
    def reading(self) -> Reading:
        return Reading(
            OfPlace(DOMAINS, "key"), {**THERE, **{"key/" + key["domain"]: {"selector": key["selector"]} for key in KEYS}}, BY_DOMAIN
        )

    def test_many_one_by_one_too(self) -> None:
        reading = self.reading()
        names = [ONE, *("gone%d.example" % number for number in range(FEW)), ALIASED]
        assert reading.find({name: [name] for name in names}) == KEYS
        assert reading.asked == ["key/" + name for name in names]

    def test_of_all_domains(self) -> None:
        reading = self.reading()
        assert reading.list(None) == KEYS
        assert reading.asked == ["domain/all", "alias-domain/all", *("key/" + name for name in (ONE, TWO, ALIASED))]

    def test_of_some_domains_that_may_be_unknown(self) -> None:
        reading = self.reading()
        assert reading.list(["gone.example", ONE]) == KEYS[:1]
        assert reading.asked == ["key/gone.example", "key/" + ONE]


class TestListsOfPlace:
    def reading(self) -> Reading:
        return Reading(ListsOfPlace(DOMAINS, ("allowed", "blocked")), {**THERE, "allowed/" + ONE: [{"value": "x"}]}, BY_DOMAIN)

    def lists(self, name: str) -> dict:
        return {"domain": name, "allowed": [{"value": "x"}] if name == ONE else [], "blocked": []}

    def test_it_is_there_whatever_it_belongs_to(self) -> None:
        reading = self.reading()
        names = [ONE, "gone.example"]
        assert reading.find({name: [name] for name in names}) == [self.lists(name) for name in names]
        assert reading.asked == ["%s/%s" % (route, name) for name in names for route in ("allowed", "blocked")]
        assert reading.way.presumes

    def test_of_all_domains(self) -> None:
        reading = self.reading()
        names = [ONE, TWO, ALIASED]
        assert reading.list(None) == [self.lists(name) for name in names]
        assert reading.asked[:2] == ["domain/all", "alias-domain/all"]
        assert reading.asked[2:] == ["%s/%s" % (route, name) for name in names for route in ("allowed", "blocked")]

    def test_only_of_domains_that_are_there(self) -> None:
        reading = self.reading()
        assert reading.list([TWO, "gone.example"]) == [self.lists(TWO)]
        assert reading.asked == ["domain/" + TWO, "domain/gone.example", "allowed/" + TWO, "blocked/" + TWO]


def parse(text: str) -> dict | None:
    return {"text": text} if text.startswith("mine") else None


class TestPageOfPlace:
    def reading(self, **more: object) -> Reading:
        pages = {"/page of p.%s" % ONE: "mine 1", "/page of p.%s" % ALIASED: "mine 1", **more}
        places = Places("domain", DOMAINS.lists[:1])
        way = PageOfPlace(places, key="domain_name", path="/page", name="p.%s", parse=parse, another="is {domain_name}")
        return Reading(way, {**THERE, "domain/" + ALIASED: {"domain_name": ONE}, **pages}, BY_DOMAIN)

    def test_of_some(self) -> None:
        reading = self.reading()
        assert reading.find({ONE: [ONE], TWO: [TWO], "x": ["gone.example"]}) == [{"text": "mine 1", "domain": ONE}]
        assert reading.asked == ["domain/" + ONE, "/page of p." + ONE, "domain/" + TWO, "/page of p." + TWO, "domain/gone.example"]

    def test_of_all(self) -> None:
        reading = self.reading()
        assert reading.list(None) == [{"text": "mine 1", "domain": ONE}]
        assert reading.asked == ["domain/all", "/page of p." + ONE, "/page of p." + TWO]
        assert reading.list([TWO]) == []

    def test_what_stands_for_another_one_has_none_of_its_own(self) -> None:
        reading = self.reading()
        assert reading.list([ALIASED]) == reading.find({ALIASED: [ALIASED]}) == []
        assert reading.way.namesake(ALIASED, reading.server) == {"domain_name": ONE, "domain": ONE}

    @pytest.mark.parametrize("text", ["", "somebody else's"])
    def test_a_page_of_somebody_else(self, text: str) -> None:
        reading = self.reading(**{"/page of p." + TWO: text})
        with pytest.raises(BadAnswer, match=r"GET /page of p\.two\.example: the page is not from mailcow\. It is read from the page /page"):
            reading.list(None)


@pytest.mark.parametrize("way", [TheOnly("x"), Table("x"), Named("x", "x"), InPlaces(Places("x", ()), "x"), OfPlace(DOMAINS, "x")])
def test_most_have_no_namesakes_and_presume_nothing(way: Way) -> None:
    script = Answers({"x/a": A})
    assert way.namesake("a", over(script)) is None
    assert (script.asked, way.presumes) == ([], False)
