# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""State put into the server behind its API, as the recordings do it: SQL for MariaDB, commands for redis-cli.

And, as no recording writes it down: a service that starts, stops or refuses, the state of a container, a mail in Postfix's queue,
and an account on another server that sync jobs fetch from.
"""

from __future__ import annotations

import json
import re

from .state import State

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "b": "\b", "Z": "\x1a"}
_TOKEN = re.compile(r"""'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`|[^'"`]+""", re.S)


def _literal(token: str) -> str:
    """A MariaDB string literal, with its backslashes, as an SQLite one."""
    quote, body = token[0], token[1:-1]
    body = body.replace(quote * 2, quote)
    body = re.sub(r"\\(.)", lambda match: _ESCAPES.get(match.group(1), match.group(1)), body, flags=re.S)
    return "'%s'" % body.replace("'", "''")


def _code(text: str) -> str:
    """NOW() with an interval; what else is used (REPLACE INTO, SHA2, MD5, ...) SQLite or db.py knows."""
    return re.sub(
        r"NOW\(\)\s*([+-])\s*INTERVAL\s+(\d+)\s+(SECOND|MINUTE|HOUR|DAY|MONTH|YEAR)\b",
        lambda match: "datetime('now', 'localtime', '%s%s %s')" % match.groups(),
        text,
        flags=re.I,
    )


def translate(command: str) -> str:
    """A statement for MariaDB as SQLite takes it."""
    tokens = _TOKEN.findall(command)
    return "".join(_literal(token) if token[0] in "'\"" else token if token[0] == "`" else _code(token) for token in tokens)


def split(command: str) -> list[str]:
    """Words of a redis-cli line: single quotes keep backslashes but for \\', double quotes take C escapes."""
    words = []
    for single, double, plain in re.findall(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+)""", command, re.S):
        if single:
            words.append(single.replace("\\'", "'"))
        elif double:
            words.append(re.sub(r"\\(.)", lambda match: _ESCAPES.get(match.group(1), match.group(1)), double, flags=re.S))
        else:
            words.append(plain)
    return words


def plant(state: State, kind: str, command: str) -> None:
    """Run one plant step; raises ValueError for a kind or a Redis command that is not simulated."""
    if kind == "sql":
        state.db.execute(translate(command))
    elif kind == "redis":
        words = split(command)
        state.redis.command(words[0], *words[1:])
    elif kind == "service":
        name, _unused, wanted = command.partition(" ")
        state.services.set(name, wanted)
    elif kind == "sieve":
        username, _unused, script = command.partition(" ")
        state.services.owners_scripts[username] = script
    elif kind == "imapsync":
        state.accounts.plant(command)
    elif kind == "container":
        name, _unused, wanted = command.partition(" ")
        state.services.containers[name] = wanted
    elif kind == "mail":
        mail = json.loads(command)
        if not isinstance(mail, dict):
            raise ValueError("a mail is a JSON object")
        state.services.queue_mail(mail)
    else:
        raise ValueError("cannot plant %r" % kind)
