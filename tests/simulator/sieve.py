# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The syntax check of Sieve scripts (facts-mailboxes 16): what add/filter and edit/filter answer as `sieve_error`.

It accepts what mailcow's checker accepts, quirks included, and not what the standards say; it runs nothing.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from . import sieve_grammar as grammar

TOKENS = (
    ("left bracket", r"\["),
    ("right bracket", r"\]"),
    ("block start", r"\{"),
    ("block end", r"\}"),
    ("left parenthesis", r"\("),
    ("right parenthesis", r"\)"),
    ("comma", r","),
    ("semicolon", r";"),
    ("whitespace", r"[ \r\n\t]+"),
    ("tag", r":[A-Za-z_]\w*"),
    # Where no quote is left that is not escaped, the last one ends the string.
    ("quoted string", r'"(?:[^"\\]|\\[\s\S])*"|"[\s\S]*"'),
    ("number", r"[0-9]+[KMG]?\b"),
    ("comment", r"/\*[\s\S]*?\*/|#[^\r\n]*\r?(?:\n|$)"),
    # With LF as line end an empty line cannot stand just before the line with the dot.
    ("multiline string", r"text:[ \t]*(?:#[^\r\n]*)?\r?\n(?:(?:\.[^\r\n]+|[^.][^\r\n]*)\r?\n)*\.\r?(?:\n|$)"),
    ("identifier", r"[A-Za-z_]\w*"),
    ("unknown token", r"[^ \r\n\t]+"),
)
SCANNER = re.compile("|".join("(?P<t%d>%s)" % (i, regex) for i, (_unused, regex) in enumerate(TOKENS)), re.A)
STRING = ("quoted string", "multiline string")

# kind of parameter -> the tokens that it can be, and how messages call that
ACCEPTS: dict[str, tuple[tuple[str, ...], str]] = {
    "string": (STRING, "string"),
    "strings": ((*STRING, "left bracket"), "string list"),
    "require": ((*STRING, "left bracket"), "string list"),
    "number": (("number",), "number"),
    "tag": (("tag",), "tag"),
    "match": (("tag",), "tag"),
    "comparator": (("tag",), "tag"),
    "part": (("tag",), "tag"),
    "test": (("identifier",), "identifier"),
    "tests": (("identifier",), "identifier"),
    "parenthesis": (("left parenthesis",), "left parenthesis"),
    "block": (("block start",), "block start"),
}


class Token(t.NamedTuple):
    """A word of a script, its kind and its line."""

    kind: str
    text: str
    line: int


class SieveError(Exception):
    """What mailcow's checker says of a script, with the line."""

    def __init__(self, token: Token, message: str) -> None:
        super().__init__("line %d: %s" % (token.line, message))


def expected(token: Token, what: str) -> SieveError:
    """The error where something else stands than what must."""
    return SieveError(token, "%s where %s expected near %s" % (token.kind, what, token.text))


def problem(script: str) -> str | None:
    """What is wrong with a script, None if nothing."""
    try:
        _Parser(script).script()
    except SieveError as error:
        return str(error)
    return None


def scan(script: str) -> list[Token]:
    """The tokens without blanks and comments, up to the end or the first one that is unknown."""
    tokens, position, line = [], 0, 1
    while position < len(script):
        # Something always matches: a blank, or else an unknown token.
        match = t.cast("re.Match[str]", SCANNER.match(script, position))
        kind, text = TOKENS[int(t.cast(str, match.lastgroup)[1:])][0], match.group()
        if text == "0":
            kind, text = "unknown token", ""  # "0" is empty in PHP
        if kind not in ("whitespace", "comment"):
            tokens.append(Token(kind, text, line))
        if kind == "unknown token":
            return tokens
        position += len(text)
        line += text.count("\n")
    return [*tokens, Token("script end", "", line)]


class _Registry:
    """What is known at a point of the script; `require` adds to it."""

    def __init__(self) -> None:
        self.commands = dict(grammar.BASE.commands)
        self.tests = dict(grammar.BASE.tests)
        self.match_types = dict(grammar.BASE.match_types)
        self.comparators = list(grammar.BASE.comparators)
        self.address_parts = list(grammar.BASE.address_parts)
        self.arguments: dict[str, grammar.TaggedArgument] = {}

    def activate(self, name: str) -> None:
        extension = grammar.EXTENSIONS.get(name)
        if extension is None:
            return
        for known, new in (
            (self.commands, extension.commands),
            (self.tests, extension.tests),
            (self.match_types, extension.match_types),
        ):
            known.update({key: value for key, value in new.items() if key not in known or value.overrides})
        self.comparators += extension.comparators
        self.address_parts += extension.address_parts
        self.arguments.update({argument.param.name: argument for argument in extension.arguments})


@dataclasses.dataclass
class _Argument:
    """A parameter and how often it may still come: "1", "?", "+", "*" or "0" as in regular expressions."""

    kind: str
    name: str
    regex: str
    occurrence: str
    param: grammar.Parameter

    def accepts(self, token: Token) -> bool:
        return token.kind in ACCEPTS[self.kind][0]

    def value(self, token: Token) -> str | None:
        """The token's text without its quotes or colon, None where it does not fit."""
        if self.kind in ("string", "strings", "require"):
            pattern = r'text:[^\n]*\n(?P<one>%s)\.\r?\n?|"(?P<two>%s)"' % (self.regex, self.regex)
            match = re.fullmatch(pattern, token.text, re.S | (re.I if self.param.ignore_case else 0))
            return (match["one"] or match["two"] or "") if match else None
        pattern = ":(%s)" % self.regex if self.accepts(Token("tag", "", 0)) else "(%s)" % self.regex
        match = re.fullmatch(pattern, token.text, re.S | re.I)
        return match[1] if match else None


class _Semantics:
    """What may follow a command or test."""

    def __init__(self, registry: _Registry, token: Token, previous: Token | None) -> None:
        self.registry = registry
        name = token.text.lower()
        known = registry.commands.get(name) or registry.tests.get(name)
        if known is None:
            raise SieveError(token, "unknown command " + name)
        self.followup = "semicolon" if name in registry.commands else "block start"
        self.arguments = self._arguments(known.params)
        self._check_place(token, name, previous)
        for argument in registry.arguments.values():
            if re.search(argument.extends, name):
                self.arguments[:0] = self._arguments((argument.param,))
        self.used: dict[str, list[str]] = {"comparator": [], "tag": []}
        self.requirements: list[tuple[str, grammar.Requirement]] = []

    def _check_place(self, token: Token, name: str, previous: Token | None) -> None:
        if name in self.registry.tests:
            if previous is None:
                raise SieveError(token, name + " may not appear as first command")
            after = {"if", "elsif", "anyof", "allof", "not"}
        elif previous is None:
            return
        else:
            after = {"require": {"require"}, "elsif": {"if", "elsif"}, "else": {"if", "elsif"}}.get(name, set(self.registry.commands))
        if previous.text.lower() not in after:
            raise SieveError(token, "%s may not appear after %s" % (name, previous.text))

    def _arguments(self, params: t.Iterable[grammar.Parameter]) -> list[_Argument]:
        registry = self.registry
        words: dict[str, t.Iterable[str]] = {
            "match": registry.match_types,
            "part": registry.address_parts,
            "require": grammar.EXTENSIONS,
            "test": registry.tests,
            "tests": registry.tests,
        }
        result = []
        for param in params:
            regex = {"comparator": "comparator", "block": r"\{"}.get(param.kind, param.regex)
            if param.kind in words:
                regex = "(%s)" % "|".join(words[param.kind])
            occurrence = "?" if param.optional else "1"
            if param.kind == "tests":
                result.append(_Argument("parenthesis", param.name, r"\(", "1", param))
                occurrence = "+"
            result.append(_Argument(param.kind, param.name, regex, occurrence, param))
        return result

    def check_kind(self, token: Token) -> None:
        """Drop the arguments that cannot come any more; the first of the rest is of the token's kind."""
        while self.arguments:
            first = self.arguments[0]
            if first.occurrence != "0":
                if first.accepts(token):
                    return
                if first.occurrence not in "?*":
                    raise expected(token, ACCEPTS[first.kind][1])
            self.arguments.pop(0)
        raise expected(token, self.followup)

    def check(self, token: Token) -> None:
        self.check_kind(token)
        for argument in list(self.arguments):
            value = argument.value(token)
            if value is not None:
                self._add_following(argument.param, value)
                self._note(argument, value)
                argument.occurrence = {"?": "0", "1": "0", "+": "*"}.get(argument.occurrence, argument.occurrence)
                return
            if argument.accepts(token) and argument.occurrence == "1":
                raise SieveError(token, "%s %s where %s expected" % (token.kind, token.text, argument.name))
        raise SieveError(token, "unexpected %s %s" % (token.kind, token.text))

    def _add_following(self, param: grammar.Parameter, value: str) -> None:
        params = param.params
        if param.kind == "comparator":
            params = (grammar.string("comparator string", "(%s)" % "|".join(self.registry.comparators), follows="comparator"),)
        fitting = [sub for sub in params if re.fullmatch(sub.follows, value, re.S | re.I)]
        self.arguments[:0] = self._arguments(fitting)

    def _note(self, argument: _Argument, value: str) -> None:
        """Remember what `done` asks for; a match type brings its own arguments."""
        registry = self.registry
        if argument.param.kind == "require":
            registry.activate(value)
        elif argument.kind == "tag":
            self.used["tag"].append(value)
            if value in registry.arguments:
                self.requirements += [("tag " + value, needed) for needed in registry.arguments[value].requires]
        elif argument.name == "comparator string":
            self.used["comparator"] = [value]
        elif argument.kind == "match" and value in registry.match_types:
            known = registry.match_types[value]
            self.arguments[:0] = self._arguments(known.params)
            self.requirements += [("match type " + value, needed) for needed in known.requires]

    def start_list(self, token: Token) -> None:
        self.check_kind(token)
        self.arguments[0] = dataclasses.replace(self.arguments[0], kind="string", occurrence="+")

    def continue_list(self) -> None:
        self.arguments[0].occurrence = "+"

    def end_list(self) -> None:
        self.arguments.pop(0)

    def done(self, token: Token) -> None:
        for argument in self.arguments:
            if argument.occurrence in "+1":
                raise expected(token, ACCEPTS[argument.kind][1])
        for what, needed in self.requirements:
            if any(re.search("^%s$" % needed.name, value, re.M | re.I) for value in self.used[needed.kind]):
                return  # the server looks no further
            raise SieveError(token, "%s requires use of %s %s" % (what, needed.kind, needed.name))


@dataclasses.dataclass
class _Node:
    """A command or test (None: the script) and the last token below it."""

    token: Token | None
    last: Token | None = None

    def previous(self) -> Token | None:
        """What a new command or test stands behind; the owner of the block or list for the first one in it."""
        if self.last is None or self.last.kind in ("block start", "comma", "left parenthesis"):
            return self.token
        return self.last


class _Parser:
    def __init__(self, script: str) -> None:
        self.registry = _Registry()
        self.tokens = scan(script)
        self.position = 0

    def next_is(self, *kinds: str) -> bool:
        return self.tokens[self.position].kind in kinds

    def take(self) -> Token:
        self.position += 1
        return self.tokens[self.position - 1]

    def script(self) -> None:
        self.commands(_Node(None))
        if not self.next_is("script end"):
            raise expected(self.take(), "script end")

    def commands(self, parent: _Node) -> None:
        while self.next_is("identifier"):
            token = self.take()
            semantics = _Semantics(self.registry, token, parent.previous())
            parent.last = token
            node = _Node(token)
            self.arguments(node, semantics)
            end = self.take()
            if end.kind == "semicolon":
                semantics.done(end)
                continue
            semantics.check(end)
            if end.kind != "block start":
                raise expected(end, "semicolon")
            node.last = end
            self.commands(node)
            end = self.take()
            if end.kind != "block end":
                raise expected(end, "block end")

    def arguments(self, node: _Node, semantics: _Semantics) -> None:
        while True:
            if self.next_is("number", "tag", *STRING):
                node.last = self.take()
                semantics.check(node.last)
            elif self.next_is("left bracket"):
                self.strings(node, semantics)
            else:
                break
        if self.next_is("left parenthesis"):
            self.tests(node, semantics)
        elif self.next_is("identifier"):
            self.test(node, semantics)

    def strings(self, node: _Node, semantics: _Semantics) -> None:
        node.last = self.take()
        semantics.start_list(node.last)
        if self.next_is("right bracket"):
            node.last = self.take()
        while node.last.kind != "right bracket":
            semantics.check(self.take())
            node.last = self.take()
            if node.last.kind not in ("comma", "right bracket"):
                raise expected(node.last, "comma or right bracket")
            if node.last.kind == "comma":
                semantics.continue_list()
        semantics.end_list()

    def tests(self, node: _Node, semantics: _Semantics) -> None:
        node.last = self.take()
        semantics.check(node.last)
        while node.last.kind != "right parenthesis":
            self.test(node, semantics)
            node.last = self.take()
            if node.last.kind not in ("comma", "right parenthesis"):
                raise expected(node.last, "comma or right parenthesis")

    def test(self, parent: _Node, semantics: _Semantics) -> None:
        token = self.take()
        semantics.check(token)
        own = _Semantics(self.registry, token, parent.previous())
        parent.last = token
        self.arguments(_Node(token), own)
        own.done(self.tokens[self.position])
