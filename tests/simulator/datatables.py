# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Searching as DataTables asks for it, with the server's reading of a request (facts-mailboxes 20, facts-server 3)."""

from __future__ import annotations

import dataclasses
import typing as t

from . import php
from .call import Call


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its number, and its name in the table (`stored`) or else only what it is ordered by or searched in."""

    number: int
    name: str
    stored: bool = True
    order: str | None = None
    join: str | None = None
    searched: str | None = None


class Search:
    """One search in a table, which has the alias `x` in all SQL. The first column is the key."""

    def __init__(self, table: str, columns: t.Sequence[Column], condition: str = "") -> None:
        self.table = table
        self.columns = columns
        self.key = columns[0]
        self.condition = condition

    def run(self, call: Call, describe: t.Callable[[list[str]], list[dict[str, t.Any]]]) -> dict[str, t.Any]:
        """The answer to the body. `describe` gives the rows of the keys that were found."""
        body = call.body if isinstance(call.body, dict) else {}
        joins, where, params = self._filter(body)
        if self.condition:
            where.append(self.condition)
        source = '"%s" AS x %s%s' % (self.table, " ".join(joins), " WHERE " + " AND ".join(where) if where else "")
        key = 'x."%s"' % self.key.name
        rows = call.db.column(
            "SELECT %s FROM %s GROUP BY %s ORDER BY %s%s"
            % (key, source, key, "".join(part + ", " for part in self._order(body)) + key, _limit(body)),
            *params,
        )
        # With a condition the total counts what is left of it, and a row once per joined tag.
        total = "SELECT COUNT(%s) FROM %s" % (key, source) if self.condition else 'SELECT COUNT(*) FROM "%s"' % self.table
        return {
            "draw": php.intval(body.get("draw")),
            "recordsTotal": call.db.value(total, *(params if self.condition else ())),
            "recordsFiltered": call.db.value("SELECT COUNT(DISTINCT %s) FROM %s" % (key, source), *params),
            "data": describe(rows),
        }

    def _column(self, number: t.Any) -> Column:
        """The column of a number; of any other the first one."""
        return next((column for column in self.columns if php.equals(number, column.number)), self.key)

    def _order(self, body: dict[str, t.Any]) -> list[str]:
        result = []
        for entry in _list(body.get("order")) if php.isset(body, "order") else ():
            position = php.intval(_item(entry, "column"))
            column = self._column(position)
            if not php.equals(_item(_item(body.get("columns"), position), "orderable"), "true"):
                continue
            if column.order is None and not column.stored:
                raise _unknown(column)
            what = "(%s)" % column.order if column.order else 'x."%s"' % column.name
            result.append("%s %s" % (what, "ASC" if _item(entry, "dir") == "asc" else "DESC"))
        return result

    def _filter(self, body: dict[str, t.Any]) -> tuple[list[str], list[str], list[str]]:
        joins: list[str] = []
        params: list[str] = []
        anywhere: list[str] = []
        where: list[str] = []
        text = _item(body.get("search"), "value")
        columns = _list(body["columns"]) if php.isset(body, "columns") else None
        if not php.equals(text, "") and text is not None:
            for position, entry in enumerate(_list(columns)):
                column = self._column(position)
                if php.equals(_item(entry, "searchable"), "true"):
                    if column.join:
                        joins.append(column.join)
                    anywhere.append(_like(column, column.searched))
                    params.append("%" + php.string(text) + "%")
        if anywhere:
            where.append("(%s)" % " OR ".join(anywhere))
        for entry in columns or ():
            column = self._column(_item(entry, "data"))
            text = _item(_item(entry, "search"), "value")
            if php.equals(_item(entry, "searchable"), "true") and not php.equals(text, "") and text is not None:
                where.append(_like(column, None))
                params.append("%" + php.string(text) + "%")
        return joins, where, params


def _list(value: t.Any) -> list[t.Any]:
    """What count() takes: an array; anything else, also nothing, is an exception."""
    if not php.is_array(value):
        raise php.PhpException("count(): Argument #1 must be of type Countable|array")
    return php.array(value)


def _item(value: t.Any, key: t.Any) -> t.Any:
    """PHP's $value[$key]: null where there is none, an exception for the name of a key in a text."""
    if isinstance(value, dict):
        return value.get(str(key))
    if isinstance(value, list):
        return value[key] if isinstance(key, int) and 0 <= key < len(value) else None
    if isinstance(value, str) and isinstance(key, str):
        raise php.PhpException("Cannot access offset of type string on string")
    return None


def _like(column: Column, searched: str | None) -> str:
    if searched is None and not column.stored:
        raise _unknown(column)
    return "FOLD(%s) LIKE FOLD(?) ESCAPE '\\'" % (searched or 'x."%s"' % column.name)


def _unknown(column: Column) -> php.MysqlError:
    return php.MysqlError("42S22", 1054, "Unknown column '%s'" % column.name)


def _limit(body: dict[str, t.Any]) -> str:
    """A page; all rows without a start or with the length -1, none with a start alone."""
    if not php.isset(body, "start") or php.equals(body.get("length"), -1):
        return ""
    start, length = php.intval(body["start"]), php.intval(body.get("length"))
    if start < 0 or length < 0:
        raise php.MysqlError("42000", 1064, "You have an error in your SQL syntax")
    return " LIMIT %d, %d" % (start, length)
