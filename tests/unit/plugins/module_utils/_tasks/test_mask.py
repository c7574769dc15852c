# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import html
import json
import re
import time

import pytest
from ansible.module_utils.common.parameters import remove_values

from ansible_collections.community.mailcow.plugins.module_utils._tasks.mask import Mask, secrets_in
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Call, Task, perform

HARD = [
    'quote"d',
    "back\\slash\\n",
    "sla/sh",
    "apo'strophe",
    "<tag>&amp;",
    "größe€😀",
    "line\nbreak\tand tab",
    " blanks around ",
    "$1.*(a|b)[x]{2}\\1",
    "{{ x }}",
    "1234",
]
SPEC = {
    "url": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "names": {"type": "list", "no_log": True},
    "inner": {"type": "dict", "options": {"key": {"type": "str", "no_log": True}, "title": {"type": "str"}}},
    "many": {"type": "list", "elements": "dict", "options": {"key": {"type": "str", "no_log": True}}},
    "plain": {"type": "dict", "options": {"title": {"type": "str"}}},
}


def as_php(text: str) -> str:
    return json.dumps(text)[1:-1].replace("/", "\\/")


@pytest.mark.parametrize("secret", HARD)
@pytest.mark.parametrize(
    "write",
    [
        str,
        str.strip,
        repr,
        json.dumps,
        as_php,
        html.escape,
        lambda text: html.escape(text).replace("&#x27;", "&#039;"),
        lambda text: html.escape(text, quote=False),
        lambda text: json.dumps(text, ensure_ascii=False),
        lambda text: json.dumps(json.dumps(text)),
        lambda text: json.dumps(html.escape(text)),
        lambda text: html.unescape(json.dumps(html.escape(text))),
    ],
)
def test_a_secret_is_found_in_every_spelling(secret: str, write: object) -> None:
    shown = Mask([secret])("before %s after" % write(secret))
    assert re.sub(r"[\s'\"\\]+", "", shown) == "before********after"


@pytest.mark.parametrize("secrets", [["a"], ["hunter2", "hunter"], [" "], ["1", "22"], ["é"], ["abc", "xbcx"], []])
def test_it_is_as_ansibles(secrets: list[str]) -> None:
    """A secret that is a part of harmless words makes them unreadable there, too."""
    for text in ("a harmless sentence about hunter2", "hunter hunter2 22 1", "größer 221", "abcabc"):
        assert Mask(secrets)(text) == remove_values(text, frozenset(secrets))


def test_no_part_is_left_where_secrets_overlap() -> None:
    assert Mask(["abc", "bcdef"])("x abcdef y") == "x ******** y"


def test_the_lines_of_a_key_are_secret() -> None:
    key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG\nw0BAQEFAASCBKcwggSj\nQ==\n-----END KEY-----\n"
    assert Mask([key])("w0BAQEFAASCBKcwggSj<br>MIIEvQIBADANBgkqhkiG") == "********<br>********"


def test_values_keep_their_shape() -> None:
    assert Mask(["x"])({"x": ("ax", 7, None, True), "b": {"c": ["x"]}}) == {"x": ["a********", 7, None, True], "b": {"c": ["********"]}}


@pytest.mark.parametrize(
    ("params", "secrets"),
    [
        ({"password": "p", "names": ["a", {"b": "c"}, 7, None, True, ""]}, {"p", "a", "c", "7"}),
        ({"inner": {"key": "k", "title": "t"}, "many": [{"key": "k1"}, {"key": "k2"}, None]}, {"k", "k1", "k2"}),
        ({"inner": "key=k", "many": ["k3", [["k4"]]], "plain": "harmless"}, {"key=k", "k3", "k4"}),
        ({"url": "https://joe:p@host"}, {"p"}),
        ({"url": " https://joe:a:b%40c@d@host/x "}, {"a:b%40c@d", "a:b@c@d"}),
        ({"url": "https://token@host"}, {"token"}),
        ({"url": "joe:p@host"}, {"p"}),
        ({"url": "https://host"}, set()),
        ({"url": "https://joe:@host"}, set()),
        ({"url": ["x"]}, set()),
    ],
)
def test_secrets_are_found_in_options_of_any_shape(params: dict, secrets: set) -> None:
    assert secrets_in(SPEC, params) == secrets


def test_thousands_of_secrets_and_failures_take_seconds() -> None:
    """Looking for each of the secrets in each of the texts takes minutes."""
    secrets = ["Initial-%05d-%s" % (number, '"' if number % 10 else "é/<") for number in range(10000)]
    failures = [{"name": "n%d" % number, "msg": "refused %s" % json.dumps(secret) * 3} for number, secret in enumerate(secrets)]
    task = Task({}, lambda call: {"changed": False, "msg": "failed", "failures": failures}, quiet=True)
    start = time.process_time()
    answer = perform(task, Call({}, secrets=set(secrets)))
    assert "Initial" not in str(answer.values)
    assert time.process_time() - start < 30


def test_a_mistake_in_the_collection_tells_no_secret() -> None:
    def work(call: Call) -> dict:
        raise ValueError("mailcow said hunter2")

    with pytest.raises(RuntimeError, match=r"mailcow said \*{8}") as raised:
        perform(Task(SPEC, work), Call({"password": "hunter2"}))
    assert raised.value.__cause__ is raised.value.__context__ is None
