# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import MailcowError
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.declaration import Declaration

D, OTHER, ALIASED = "one.example", "two.example", "alias.example"
BOX = "a@one.example"
PLURALS = [kind.plural for kind in KINDS]


def errors(config: dict, prune: Sequence[str] = (), domains: list | None = None, allow_empty: bool = False) -> list[str]:
    return Declaration(config, prune, domains, allow_empty).errors


def declared(**config: object) -> dict:
    """What is declared by plural, of a declaration without errors."""
    declaration = Declaration(config)
    declaration.check()
    return {one.kind.plural: one for one in declaration.declared}


class TestWhatIsDeclared:
    def test_all_kinds_in_the_order_of_creation(self) -> None:
        order = list(declared())
        assert order == PLURALS
        # What others name or stand in comes before them.
        for first, then in [
            ("relayhosts", "domains"),
            ("relayhosts", "mailboxes"),
            ("domains", "alias_domains"),
            ("alias_domains", "dkim_keys"),
            ("dkim_keys", "mailboxes"),
            ("domains", "domain_policies"),
            ("domains", "domain_admins"),
            ("domains", "resources"),
            ("alias_domains", "bcc_maps"),
            ("mailboxes", "aliases"),
            ("mailboxes", "time_limited_aliases"),
            ("mailboxes", "app_passwords"),
            ("mailboxes", "syncjobs"),
            ("aliases", "bcc_maps"),
            ("aliases", "recipient_maps"),
        ]:
            assert order.index(first) < order.index(then)

    def test_items_are_as_for_the_single_module(self) -> None:
        given = declared(
            mailboxes=[{"address": " A@One.Example", "quota": "5", "active": "no"}, {"address": "b@one.example", "state": "absent"}]
        )
        first, second = given["mailboxes"].wanted
        assert (first.identity, first.state, first.values) == (BOX, "present", {"quota": 5, "active": (False, None)})
        assert (second.identity, second.state, second.values) == ("b@one.example", "absent", {})
        assert given["mailboxes"].ignored == {}

    def test_what_is_ignored_is_not_wanted(self) -> None:
        given = declared(mailboxes=[{"address": "A@One.Example", "ignore": True, "quota": 3}, {"address": "b@one.example", "ignore": "no"}])
        assert given["mailboxes"].ignored.keys() == {BOX}
        assert [wish.identity for wish in given["mailboxes"].wanted] == ["b@one.example"]

    @pytest.mark.parametrize("nothing", [{}, {"mailboxes": []}, {"mailboxes": None}])
    def test_nothing(self, nothing: dict) -> None:
        assert declared(**nothing)["mailboxes"].wanted == []

    def test_only_what_is_named_is_pruned(self) -> None:
        declaration = Declaration({"aliases": [{"address": "i@one.example"}]}, ["aliases"])
        assert [one.kind.plural for one in declaration.declared if one.prune] == ["aliases"]


class TestPlaces:
    """Each error says where, and what."""

    @pytest.mark.parametrize(
        ("plural", "item", "place", "message"),
        [
            ("mailboxes", {"address": BOX, "quoat": 5}, ".quoat", "there is no such option; did you mean quota?"),
            ("mailboxes", {"address": BOX, "zzzzz": 5}, ".zzzzz", "there is no such option. There are: acl, active, address, "),
            ("mailboxes", {"address": BOX, 5: 5}, ".5", "there is no such option"),
            ("mailboxes", {"address": BOX, "url": "x"}, ".url", "there is no such option"),
            ("mailboxes", {"address": BOX, "quota": "much"}, ".quota", "'much'"),
            ("mailboxes", {"address": BOX, "quota": float("inf")}, "", "a number is too large"),
            ("mailboxes", {"address": BOX, "quota": -1}, ".quota", "-1 is too small; the minimum is 0"),
            ("mailboxes", {"address": BOX, "active": "perhaps"}, ".active", "perhaps"),
            ("mailboxes", {"address": BOX, "authsource": "paper"}, ".authsource", "paper"),
            ("mailboxes", {"address": BOX, "acl": ["everything"]}, ".acl", "everything"),
            ("mailboxes", {"address": BOX, "tags": {"a": 1}}, ".tags", "list"),
            ("mailboxes", {"address": BOX, "state": "gone"}, ".state", "gone"),
            ("mailboxes", {"address": BOX, "ignore": "perhaps"}, ".ignore", "perhaps"),
            ("mailboxes", {"address": "nobody"}, ".address", "'nobody' is not an e-mail address"),
            ("mailboxes", {"address": BOX, "rename_to": "nobody"}, ".rename_to", "'nobody' is not an e-mail address"),
            ("mailboxes", {"address": "nobody", "ignore": True}, ".address", "'nobody' is not an e-mail address"),
            ("mailboxes", {"address": "nobody", "state": "absent"}, ".address", "'nobody' is not an e-mail address"),
            ("mailboxes", {"name": "Nobody"}, "", "address"),
            ("mailboxes", {"address": BOX, "spam_score": {"low": 3}}, ".spam_score", "both low and high"),
            ("aliases", {"address": "i@one.example", "goto": []}, ".goto", "needs at least one destination"),
            ("aliases", {"address": "i@one.example", "goto": [BOX], "goto_null": True}, ".goto", "set either goto or one of"),
            ("domains", {"domain": "no domain"}, ".domain", "'no domain' is not a domain name"),
            ("alias_domains", {"alias_domain": ALIASED, "target_domain": "no domain"}, ".target_domain", "'no domain' is not"),
            ("dkim_keys", {"domain": D, "key_size": 5}, ".key_size", "5"),
            ("dkim_keys", {"domain": D, "private_key": "none"}, ".private_key", "is not a private key in PEM form"),
            ("mailboxes", BOX, "", "must be a dictionary with the options of the mailbox"),
            ("mailboxes", None, "", "must be a dictionary"),
            ("mailboxes", [], "", "must be a dictionary"),
        ],
    )
    def test_of_an_item(self, plural: str, item: object, place: str, message: str) -> None:
        identity = next(kind.identity.option for kind in KINDS if kind.plural == plural)
        good = [{identity: ("u%d@%s" if identity == "address" else "u%d.%s") % (number, D)} for number in range(30)]
        found = errors({plural: [*good[:17], item, *good[17:]]})
        assert len(found) == 1
        assert found[0].startswith("config.%s[17]%s: " % (plural, place))
        assert message in found[0]

    @pytest.mark.parametrize(
        ("options", "place"),
        [
            ({"spam_score": {"low": "much", "high": 7}}, ".spam_score.low: "),
            ({"spam_score": {"low": float("inf"), "high": 7}}, ".spam_score: low and high must be numbers from -100000 to 100000"),
            ({"spam_score": {"low": 1, "hihg": 7}}, ".spam_score.hihg: "),
            ({"rate_limit": {"value": 1, "fram": "s"}}, ".rate_limit: "),
            ({"rate_limit": "100/y"}, ".rate_limit: '100/y' is not a rate limit: write it like 100/h"),
            ({"pushover": "nothing"}, ".pushover: "),
        ],
    )
    def test_of_a_part_of_an_option(self, options: dict, place: str) -> None:
        found = errors({"mailboxes": [{"address": BOX, **options}]})
        assert len(found) == 1
        assert found[0].startswith("config.mailboxes[0]" + place)

    @pytest.mark.parametrize(
        ("config", "message"),
        [
            ({"mailbox": []}, "config.mailbox: there is no such kind; did you mean mailboxes?"),
            (
                {"xyz": []},
                "config.xyz: there is no such kind. There are: admins, alias_domains, aliases, app_passwords, bcc_maps, dkim_keys, ",
            ),
            ({7: []}, "config.7: there is no such kind"),
            ({"mailboxes": {"address": BOX}}, "config.mailboxes: must be a list"),
            ({"mailboxes": BOX}, "config.mailboxes: must be a list"),
            ({"mailboxes": False}, "config.mailboxes: must be a list"),
        ],
    )
    def test_of_a_kind(self, config: dict, message: str) -> None:
        found = errors(config)
        assert len(found) == 1
        assert found[0].startswith(message)

    def test_all_errors_are_told(self) -> None:
        found = errors(
            {
                "mailboxes": [{"address": BOX, "quota": "x", "active": "x", "name": "y"}, {"address": "b@one.example"}, {}],
                "aliases": [{"address": "nobody"}],
            }
        )
        places = [error.split(": ")[0] for error in found]
        assert sorted(places) == [
            "config.aliases[0].address",
            "config.mailboxes[0].active",
            "config.mailboxes[0].quota",
            "config.mailboxes[2]",
        ]

    def test_not_more_than_one_can_read(self) -> None:
        declaration = Declaration({"aliases": [{"address": "x%d" % number} for number in range(50)]})
        assert len(declaration.errors) == 50
        with pytest.raises(MailcowError) as caught:
            declaration.check()
        text = str(caught.value)
        assert text.startswith("nothing was done, because the declared state is invalid: config.aliases[0].address: 'x0' is not")
        assert text.count("is not an e-mail address") == 20
        assert text.endswith("; and 30 more")


class TestAlike:
    """Without the user name, mailcow_relayhost takes whichever has the host."""

    @pytest.mark.parametrize("state", ["present", "absent"])
    @pytest.mark.parametrize("turned", [False, True])
    def test_one_says_less_than_the_other(self, state: str, turned: bool) -> None:
        items = [{"hostname": "Smtp.example:587", "username": "u"}, {"hostname": "smtp.example:587", "state": state}]
        assert errors({"relayhosts": [{"hostname": "other.example"}, *(reversed(items) if turned else items)]}) == [
            "config.relayhosts[2]: may be the same as config.relayhosts[1]; set username in both, to an empty value if there is none"
        ]

    @pytest.mark.parametrize("other", [{"username": ""}, {"username": "v"}, {"id": 7}, {"hostname": "other.example"}])
    def test_they_are_told_apart(self, other: dict) -> None:
        assert errors({"relayhosts": [{"hostname": "smtp.example", "username": "u"}, {"hostname": "smtp.example", **other}]}) == []

    def test_the_same_twice_is_said_once(self) -> None:
        found = errors({"relayhosts": [{"hostname": "smtp.example"}] * 2})
        assert found == [
            "config.relayhosts[1]: smtp.example is already declared in config.relayhosts[0]; they are identified by hostname and username"
        ]


class TestTwice:
    @pytest.mark.parametrize(
        ("plural", "first", "second"),
        [
            ("mailboxes", {"address": BOX}, {"address": BOX}),
            ("mailboxes", {"address": BOX}, {"address": "A@ONE.example", "state": "absent"}),
            ("mailboxes", {"address": BOX}, {"address": " a@One.Example ", "ignore": True}),
            ("mailboxes", {"address": BOX}, {"address": "b@one.example", "rename_to": "A@one.example"}),
            ("mailboxes", {"address": "b@one.example", "rename_to": BOX}, {"address": "c@one.example", "rename_to": BOX}),
            ("mailboxes", {"address": "a@größe.example"}, {"address": "a@xn--grsse-kua.example"}),
            ("aliases", {"address": "Sales@one.example"}, {"address": "sales@one.example"}),
            ("aliases", {"address": "@one.example"}, {"address": "@ONE.example"}),
            ("domains", {"domain": "größe.example"}, {"domain": "XN--GRSSE-KUA.example"}),
            ("alias_domains", {"alias_domain": ALIASED}, {"alias_domain": "Alias.Example"}),
            ("dkim_keys", {"domain": D}, {"domain": "One.Example"}),
        ],
    )
    def test_the_same_object(self, plural: str, first: dict, second: dict) -> None:
        between = (
            [{**first, **{option: "z" + value for option, value in first.items() if "@" in value[1:]}}] if plural == "mailboxes" else []
        )
        found = errors({plural: [first, *between, second]})
        assert len(found) == 1
        assert found[0].startswith("config.%s[%d]: " % (plural, len(between) + 1))
        assert found[0].endswith("is already declared in config.%s[0]" % plural)

    def test_a_change_of_case_is_no_other_object(self) -> None:
        assert errors({"aliases": [{"address": "sales@one.example", "rename_to": "Sales@one.example"}]}) == []

    def test_objects_of_different_kinds_may_have_the_same_name(self) -> None:
        assert errors({"domains": [{"domain": D}], "dkim_keys": [{"domain": D}]}) == []


class TestDomains:
    @pytest.mark.parametrize(
        "config",
        [
            {"domains": [{"domain": "One.Example"}]},
            {"alias_domains": [{"alias_domain": ALIASED, "target_domain": D}]},
            {"dkim_keys": [{"domain": D}]},
            {"mailboxes": [{"address": "A@One.Example"}]},
            {"aliases": [{"address": "i@one.example", "goto": ["x@two.example"]}, {"address": "@one.example"}]},
            {"mailboxes": [{"address": "a@two.example", "ignore": True}]},
        ],
    )
    def test_inside(self, config: dict) -> None:
        assert errors(config, domains=[D]) == []

    @pytest.mark.parametrize(
        ("plural", "item", "name"),
        [
            ("mailboxes", {"address": "a@two.example"}, "a@two.example"),
            ("mailboxes", {"address": "a@two.example", "state": "absent"}, "a@two.example"),
            ("aliases", {"address": "@two.example"}, "@two.example"),
            ("aliases", {"address": "i@sub.one.example"}, "i@sub.one.example"),
            ("dkim_keys", {"domain": OTHER}, OTHER),
            ("alias_domains", {"alias_domain": ALIASED, "target_domain": OTHER}, ALIASED),
        ],
    )
    def test_outside(self, plural: str, item: dict, name: str) -> None:
        found = errors({plural: [item]}, domains=[D])
        assert len(found) == 1
        assert found[0].startswith("config.%s[0]: %s belongs to the domain " % (plural, name))
        assert found[0].endswith("which is not in domains")

    def test_a_new_name_outside(self) -> None:
        found = errors({"aliases": [{"address": "i@one.example", "rename_to": "i@two.example"}]}, (), [D])
        assert len(found) == 1
        assert "i@two.example" in found[0]

    def test_no_domain_at_all(self) -> None:
        assert len(errors({"mailboxes": [{"address": BOX}]}, (), [])) == 1


class TestPrune:
    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.plural)
    @pytest.mark.parametrize("items", [{}, [], None])
    def test_nothing_declared(self, kind: Kind, items: object) -> None:
        config = {} if items == {} else {kind.plural: items}
        found = errors(config, [kind.plural])
        assert found == [
            "config.%s: is empty, so pruning would delete all %s. If this is intended, set allow_empty to true" % (kind.plural, kind.plural)
        ]
        assert errors(config, [kind.plural], None, True) == []

    def test_it_says_of_which_domains(self) -> None:
        assert "would delete all aliases of one.example, two.example." in errors({}, ["aliases"], [D, OTHER])[0]

    def test_only_what_is_kept_counts(self) -> None:
        """A list of what is to go says nothing about the others."""
        assert len(errors({"mailboxes": [{"address": BOX, "state": "absent"}]}, ["mailboxes"])) == 1

    def test_a_mistake_is_no_empty_list(self) -> None:
        found = errors({"mailboxes": [{"address": BOX, "quota": "much"}]}, ["mailboxes"])
        assert [error.split(": ")[0] for error in found] == ["config.mailboxes[0].quota"]


SECRET = "Hunter2-hunter2"
KEY = "k" * 30


class TestSecrets:
    def test_they_are_known(self) -> None:
        declaration = Declaration({"mailboxes": [{"address": BOX, "password": SECRET, "pushover": {"key": KEY, "token": "t" * 30}}]})
        assert {SECRET, KEY, "t" * 30} <= declaration.secrets

    @pytest.mark.parametrize(
        "options",
        [
            {"password": SECRET, "quota": "much"},
            {"pasword": SECRET},
            {"password": {"value": SECRET}},
            {"password": [SECRET], "zzz": 1},
            {"pushover": {"key": SECRET}},
            {"pushover": {"key": KEY, "token": {"a": SECRET}}},
            {"pushover": {"keey": SECRET}},
            {"pushover": SECRET},
            {"pushover": [SECRET]},
            {"pushover": "key=%s" % SECRET},
            {"private_key": SECRET},
        ],
    )
    def test_no_error_shows_them(self, options: dict) -> None:
        found = errors({"mailboxes": [{"address": BOX, **options}, SECRET]})
        assert found[-1].startswith("config.mailboxes[1]: must be a dictionary")
        assert SECRET not in str(found)

    def test_nor_when_the_whole_is_wrong(self) -> None:
        for config in ({"mailboxes": SECRET}, {"mailboxes": {"password": SECRET}}, {"mailboxes": [[SECRET]]}, {"mailbox": [SECRET]}):
            assert SECRET not in str(errors(config))


json = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", BOX, D, "@", "x y", "ß@größe.example", "0", "yes", "a" * 300]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "frame", "low", "active", "a"]), inner, max_size=3)
    ),
    max_leaves=5,
)
OPTIONS = sorted({option for kind in KINDS for field in (kind.identity, *kind.fields) for option in field.argument_spec()})
items = st.dictionaries(st.sampled_from([*OPTIONS, "state", "ignore", "rename_to", "x"]), json, max_size=5)


@given(
    st.dictionaries(st.sampled_from([*PLURALS, "x"]), json | st.lists(items | json, max_size=4), max_size=5),
    st.sets(st.sampled_from(PLURALS)),
)
def test_whatever_is_declared_is_right_or_told_to_be_wrong(config: dict, prune: set) -> None:
    """No traceback, and each error has a place."""
    declaration = Declaration(config, sorted(prune), [D])
    assert all(error.startswith("config.") for error in declaration.errors)
    if not declaration.errors:
        count = sum(len(one.wanted) + len(one.ignored) for one in declaration.declared)
        assert count == sum(len(config.get(plural) or []) for plural in PLURALS)
