# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Sieve commands, tests and extensions that mailcow's syntax check knows, with their arguments.

Some of it is not what the standards say (`foreverypart` takes no block, `valid_notify_method` is spelled like that): it is
what the server accepts.
"""

from __future__ import annotations

import typing as t


class Parameter(t.NamedTuple):
    """One argument. `regex`: its text without quotes or colon; `follows`: the tag (as a regex) behind which it may stand."""

    kind: str
    name: str
    regex: str = ".*"
    optional: bool = False
    follows: str = ".*"
    ignore_case: bool = False
    params: tuple[Parameter, ...] = ()


class Requirement(t.NamedTuple):
    """What else the command has to use: a comparator or a tag."""

    kind: str
    name: str


class Keyword(t.NamedTuple):
    """A command or a test: what it takes, and the extensions that it needs."""

    params: tuple[Parameter, ...] = ()
    requires: tuple[Requirement, ...] = ()
    overrides: bool = False


class TaggedArgument(t.NamedTuple):
    """A tag that an extension gives to the commands whose names match."""

    extends: str
    param: Parameter
    requires: tuple[Requirement, ...] = ()


class Extension(t.NamedTuple):
    """What a script may use after it has required the extension."""

    commands: dict[str, Keyword] = {}  # noqa: RUF012
    tests: dict[str, Keyword] = {}  # noqa: RUF012
    match_types: dict[str, Keyword] = {}  # noqa: RUF012
    comparators: tuple[str, ...] = ()
    address_parts: tuple[str, ...] = ()
    arguments: tuple[TaggedArgument, ...] = ()


def string(name: str, regex: str = ".*", **more: t.Any) -> Parameter:
    """One string."""
    return Parameter("string", name, regex, **more)


def strings(name: str, **more: t.Any) -> Parameter:
    """A string or a list of them."""
    return Parameter("strings", name, **more)


def number(name: str) -> Parameter:
    """A number."""
    return Parameter("number", name)


def tag(name: str, *params: Parameter, regex: str | None = None) -> Parameter:
    """An optional tag; its text is its name unless `regex` says otherwise."""
    return Parameter("tag", name, name if regex is None else regex, optional=True, params=params)


def keyword(*params: Parameter, **more: t.Any) -> Keyword:
    """A command or a test that takes these."""
    return Keyword(params, **more)


MATCH = Parameter("match", "match type", optional=True)
COMPARATOR = Parameter("comparator", "comparator", optional=True)
PART = Parameter("part", "address part", optional=True)
TEST = Parameter("test", "test command")
BLOCK = Parameter("block", "block")
DATE_PART = string("date-part", "(year|month|day|date|julian|hour|minute|second|time|iso8601|std11|zone|weekday)", ignore_case=True)
RELATION = string("relation string", "(lt|le|eq|ge|gt|ne)")
FLAG_COMMANDS = {name: keyword(strings("flag list")) for name in ("setflag", "addflag", "removeflag")}
PROGRAM = (string("program-name"), strings("arguments", optional=True))
VACATION = (
    tag("addresses", strings("address strings")),
    tag("subject", string("subject string")),
    tag("from", string("from string")),
    tag("handle", string("handle string")),
    tag("mime"),
    string("reason"),
)

BASE = Extension(
    commands={
        "discard": keyword(),
        "elsif": keyword(TEST, BLOCK),
        "else": keyword(BLOCK),
        "if": keyword(TEST, BLOCK),
        "keep": keyword(),
        "redirect": keyword(string("address string")),
        "require": keyword(Parameter("require", "require string")),
        "stop": keyword(),
    },
    tests={
        "address": keyword(MATCH, COMPARATOR, PART, strings("header list"), strings("key list")),
        "allof": keyword(Parameter("tests", "test")),
        "anyof": keyword(Parameter("tests", "test")),
        "exists": keyword(strings("header names")),
        "false": keyword(),
        "header": keyword(MATCH, COMPARATOR, strings("header names"), strings("key list")),
        "not": keyword(Parameter("test", "test")),
        "size": keyword(Parameter("tag", "tag", "(over|under)"), number("limit")),
        "true": keyword(),
    },
    match_types={
        "is": keyword(),
        "contains": keyword(),
        "matches": keyword(),
        "value": keyword(string("operator", "(gt|ge|eq|le|lt)")),
    },
    comparators=("i;octet", "i;ascii-casemap", "i;unicode-casemap"),
    address_parts=("all", "localpart", "domain"),
)

EXTENSIONS = {
    "body": Extension(
        tests={
            "body": keyword(
                MATCH,
                COMPARATOR,
                tag("body transform", strings("content types", follows="content"), regex="(raw|content|text)"),
                strings("key list"),
            )
        }
    ),
    "comparator-i;ascii-numeric": Extension(comparators=("i;ascii-numeric",)),
    "copy": Extension(arguments=(TaggedArgument("(fileinto|redirect)", tag("copy")),)),
    "date": Extension(
        tests={
            "date": keyword(
                MATCH,
                COMPARATOR,
                tag("zone", string("time-zone", follows="zone"), regex="(zone|originalzone)"),
                string("header-name"),
                DATE_PART,
                strings("key-list"),
            ),
            "currentdate": keyword(MATCH, COMPARATOR, tag("zone", string("time-zone")), DATE_PART, strings("key-list")),
        }
    ),
    "duplicate": Extension(tests={"duplicate": keyword()}),
    "editheader": Extension(
        commands={
            "addheader": keyword(tag("last"), string("field name"), string("value")),
            "deleteheader": keyword(
                tag("index", number("field number"), tag("last")),
                MATCH,
                COMPARATOR,
                string("field name"),
                strings("value patterns", optional=True),
            ),
        }
    ),
    "enotify": Extension(
        commands={
            "notify": keyword(
                tag("from", string("from-address"), regex=".*"),
                tag("importance", regex="(1|2|3)"),
                tag("options", strings("option-strings"), regex=".*"),
                tag("message", string("message-text"), regex=".*"),
                string("method"),
            )
        },
        tests={
            "valid_notify_method": keyword(strings("notification-uris")),
            "notify_method_capability": keyword(string("notification-uri"), string("notification-capability"), strings("key-list")),
        },
    ),
    "envelope": Extension(tests={"envelope": keyword(MATCH, COMPARATOR, PART, strings("envelope-part"), strings("key"))}),
    "environment": Extension(
        tests={
            "environment": keyword(
                MATCH,
                COMPARATOR,
                string("name", r"(domain|host|location|name|phase|remote-host|remote-ip|version|vnd\..+)"),
                strings("key-list"),
            )
        }
    ),
    "ereject": Extension(commands={"ereject": keyword(string("reason"))}),
    "fileinto": Extension(commands={"fileinto": keyword(tag("create"), string("folder"))}),
    "imap4flags": Extension(
        commands=FLAG_COMMANDS,
        tests={"hasflag": keyword(MATCH, COMPARATOR, strings("flag list"))},
        arguments=(TaggedArgument("(fileinto|keep)", tag("flags", strings("flag list"))),),
    ),
    "imapflags": Extension(commands={"mark": keyword(), "unmark": keyword(), **FLAG_COMMANDS}),
    "index": Extension(
        arguments=(
            TaggedArgument("(header|address|date)", tag("index", number("field number"))),
            TaggedArgument("(header|address|date)", tag("last"), (Requirement("tag", "index"),)),
        )
    ),
    "mailbox": Extension(tests={"mailboxexists": keyword(string("folder"))}),
    "mime": Extension(
        commands={"foreverypart": keyword(string("name", optional=True)), "break": keyword(string("name", optional=True))},
        arguments=(
            TaggedArgument("(header|address|exists)", tag("mime")),
            TaggedArgument("(header|address|exists)", tag("anychild")),
            TaggedArgument("(header)", tag("type", regex=".*")),
            TaggedArgument("(header)", tag("subtype", regex=".*")),
            TaggedArgument("(header)", tag("contenttype", regex=".*")),
            TaggedArgument("(header)", tag("param", strings("param-list"))),
        ),
    ),
    "notify": Extension(
        commands={
            "notify": keyword(
                tag("method", string("method-name")),
                tag("id", string("message-id")),
                tag("priority", regex="(low|normal|high)"),
                tag("message", string("message-text")),
            ),
            "denotify": keyword(MATCH._replace(params=(string("message-id"),)), tag("priority", regex="(low|normal|high)")),
        }
    ),
    "regex": Extension(match_types={"regex": keyword()}, arguments=(TaggedArgument("set", tag("modifier", regex="quoteregex")),)),
    "reject": Extension(commands={"reject": keyword(string("reason"))}),
    "relational": Extension(
        match_types={"count": keyword(RELATION, requires=(Requirement("comparator", "i;ascii-numeric"),)), "value": keyword(RELATION)}
    ),
    "spamtest": Extension(tests={"spamtest": keyword(COMPARATOR, MATCH, string("value"))}),
    "spamtestplus": Extension(tests={"spamtest": keyword(COMPARATOR, MATCH, tag("percent"), string("value"), overrides=True)}),
    "subaddress": Extension(address_parts=("user", "detail")),
    "vacation-seconds": Extension(commands={"vacation": keyword(tag("seconds", number("period")), *VACATION)}),
    "vacation": Extension(commands={"vacation": keyword(tag("days", number("period")), *VACATION)}),
    "variables": Extension(
        commands={
            "set": keyword(
                tag("modifier", regex="(lower|upper)"),
                tag("modifier", regex="(lower|upper)first"),
                tag("modifier", regex="quotewildcard"),
                tag("modifier", regex="length"),
                string("name", "[A-Za-z_][A-Za-z0-9_]*"),
                string("value"),
            )
        },
        tests={"string": keyword(MATCH, COMPARATOR, strings("source"), strings("key list"))},
    ),
    "virustest": Extension(tests={"virustest": keyword(COMPARATOR, MATCH, string("value"))}),
    "vnd.dovecot.execute": Extension(
        commands={"execute": keyword(tag("pipe"), *PROGRAM)},
        tests={"execute": keyword(tag("pipe"), *PROGRAM)},
    ),
    "vnd.dovecot.filter": Extension(commands={"filter": keyword(*PROGRAM)}, tests={"filter": keyword(*PROGRAM)}),
    "vnd.dovecot.pipe": Extension(commands={"pipe": keyword(tag("try"), *PROGRAM)}),
}
