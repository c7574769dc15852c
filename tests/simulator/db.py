# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The database: SQLite in memory that fails where MariaDB in strict mode fails.

Values are bound as PDO binds them (true is "1", false is "", an array is "Array"). There is one transaction (renaming a mailbox): what
else ran before an error stays done (facts-server 1.6). `modified` is kept by triggers, whoever does the UPDATE.
"""

from __future__ import annotations

import contextlib
import datetime
import decimal
import functools
import hashlib
import re
import sqlite3
import time
import typing as t
import unicodedata

from . import php, schema


def bind(value: t.Any) -> t.Any:
    """A value as PDO binds it."""
    if isinstance(value, (bool, dict, list, tuple)):
        return php.string(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return int(value)
    return value


def number(value: t.Any, strict: bool = False) -> float:
    """What MariaDB makes of a value that it compares with a number: the leading number of a text (facts-mailboxes 12.1).

    `strict`: in a statement that writes, where strict SQL mode wants all of the text to be a number.
    """
    if strict and not php.is_numeric(php.string(value)):
        raise php.MysqlError("22007", 1292, "Truncated incorrect DECIMAL value: '%s'" % php.string(value))
    match = re.match(r"[ \t\n\r\v\f]*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)", php.string(value))
    return float(match.group(1)) if match else 0.0


def stored(table: str, name: str, value: t.Any) -> t.Any:
    """A value as its column takes it: an ENUM in the column's spelling or by number, a number with decimals rounded."""
    spec = schema.TABLES[table].columns[name].split()
    if spec[0] == "enum":
        choices, text = spec[1].split("|"), php.string(value).lower().rstrip(" ")
        position = int(text) - 1 if re.fullmatch("[1-9][0-9]?", text) else -1
        return next((choice for choice in choices if choice.lower() == text), choices[position] if 0 <= position < len(choices) else value)
    if spec[0] in schema.RANGES and isinstance(value, (str, float)) and php.is_numeric(value):
        exact = decimal.Decimal(str(value).strip())
        return int(exact.to_integral_value(decimal.ROUND_HALF_UP)) if abs(exact) < 10**20 else value
    return value


def now(offset: datetime.timedelta = datetime.timedelta()) -> str:
    """The server's time as it stands in created and modified."""
    return (datetime.datetime.now() + offset).strftime("%Y-%m-%d %H:%M:%S")


@functools.lru_cache(65536)
def fold(text: str) -> str:
    """A text as utf8mb4_general_ci compares it: without case and accents."""
    if text.isascii():
        return text.upper()
    letters = unicodedata.normalize("NFD", text.replace("\u00df", "s"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).upper()


def collate(left: str, right: str) -> int:
    """The order of two texts; blanks at the end do not count."""
    one, other = fold(left.rstrip(" ")), fold(right.rstrip(" "))
    return (one > other) - (one < other)


def translate(error: sqlite3.IntegrityError, values: dict[str, t.Any]) -> php.MysqlError:
    """Word an SQLite error as MariaDB does; `values` are the column values of the failing statement where known."""
    text = str(error)
    match = re.match(r"UNIQUE constraint failed: (.+)", text)
    if match:
        table, columns = match.group(1).split(".")[0], tuple(part.split(".")[1] for part in match.group(1).split(", "))
        unique = {value: key for key, value in schema.TABLES[table].unique.items()}
        entry = "-".join(php.string(values.get(column)) for column in columns)
        return php.MysqlError("23000", 1062, "Duplicate entry '%s' for key '%s'" % (entry, unique.get(columns, "PRIMARY")))
    match = re.match(r"NOT NULL constraint failed: \w+\.(\w+)", text)
    if match:
        if match.group(1) in values:
            return php.MysqlError("23000", 1048, "Column '%s' cannot be null" % match.group(1))
        return php.MysqlError("HY000", 1364, "Field '%s' doesn't have a default value" % match.group(1))
    match = re.match(r"CHECK constraint failed: (\w+)\.(\w+):(\w+)", text)
    if match:
        table, column, what = match.groups()
        if what == "long":
            return php.MysqlError("22001", 1406, "Data too long for column '%s' at row 1" % column)
        if what == "range":
            return php.MysqlError("22003", 1264, "Out of range value for column '%s' at row 1" % column)
        if what == "enum":
            return php.MysqlError("01000", 1265, "Data truncated for column '%s' at row 1" % column)
        if what == "integer":
            return php.MysqlError(
                "22007",
                1366,
                "Incorrect integer value: '%s' for column `mailcow`.`%s`.`%s` at row 1" % (php.string(values.get(column)), table, column),
            )
        return php.MysqlError("23000", 4025, "CONSTRAINT `%s.%s` failed for `mailcow`.`%s`" % (table, column, table))
    if "FOREIGN KEY" in text:
        return php.MysqlError("23000", 1452, "Cannot add or update a child row: a foreign key constraint fails")
    return php.MysqlError("HY000", 1105, text)


@functools.cache
def _empty() -> sqlite3.Connection:
    """The tables without rows, for all servers of this process: a copy takes a fourth of the time of making them."""
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    connection.create_collation("GENERAL_CI", collate)
    for statement in schema.ddl():
        connection.execute(statement)
    return connection


class Database:
    """One server's tables. Columns given as keywords are compared without case."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None, cached_statements=512)
        self.connection.row_factory = lambda cursor, row: {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
        self.connection.execute("PRAGMA foreign_keys = ON")
        for name, count, function in (
            ("NOW", 0, now),
            ("UNIX_TIMESTAMP", 0, lambda: int(time.time())),
            ("CONCAT", -1, lambda *parts: None if None in parts else "".join(map(str, parts))),
            ("MD5", 1, lambda text: hashlib.md5(str(text).encode()).hexdigest()),
            ("SHA2", 2, lambda text, bits: hashlib.new("sha%d" % bits, str(text).encode()).hexdigest()),
            ("FOLD", 1, lambda text: None if text is None else fold(str(text))),
            ("REGEXP", 2, lambda pattern, text: text is not None and bool(re.search(pattern, str(text), re.I))),
        ):
            self.connection.create_function(name, count, function)
        self.connection.create_collation("GENERAL_CI", collate)
        _empty().backup(self.connection)

    def _run(self, sql: str, params: t.Sequence[t.Any], values: dict[str, t.Any] | None = None) -> sqlite3.Cursor:
        try:
            return self.connection.execute(sql, [bind(param) for param in params])
        except sqlite3.IntegrityError as error:
            raise translate(error, values or {}) from error
        except OverflowError as error:
            raise php.MysqlError("22003", 1264, "Out of range value at row 1") from error

    @contextlib.contextmanager
    def transaction(self) -> t.Iterator[None]:
        """All statements or, where one fails, none of them; references are looked at in the end only."""
        self.connection.execute("BEGIN")
        self.connection.execute("PRAGMA defer_foreign_keys = ON")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    # reading: `?` stands for a parameter, backticks may quote names
    def all(self, sql: str, *params: t.Any) -> list[dict[str, t.Any]]:
        """The rows of a SELECT."""
        return self._run(sql, params).fetchall()

    def one(self, sql: str, *params: t.Any) -> dict[str, t.Any] | None:
        """The first row of a SELECT, None without a row."""
        return self._run(sql, params).fetchone()

    def value(self, sql: str, *params: t.Any) -> t.Any:
        """The first column of the first row, None without a row."""
        row = self.one(sql, *params)
        return next(iter(row.values())) if row else None

    def column(self, sql: str, *params: t.Any) -> list[t.Any]:
        """The first column of each row."""
        return [next(iter(row.values())) for row in self.all(sql, *params)]

    def exists(self, table: str, **where: t.Any) -> bool:
        """Whether there is a row whose columns equal."""
        return self.get(table, **where) is not None

    def get(self, table: str, **where: t.Any) -> dict[str, t.Any] | None:
        """The first row of a table whose columns equal (without case)."""
        clause, params = _where(where)
        return self.one('SELECT * FROM "%s"%s LIMIT 1' % (table, clause), *params)

    # writing
    def execute(self, sql: str, *params: t.Any) -> int:
        """Any statement; the number of rows that it found."""
        return self._run(sql, params).rowcount

    def insert(self, table: str, values: dict[str, t.Any] | None = None, **more: t.Any) -> int:
        """INSERT one row; the id of an AUTO_INCREMENT column."""
        return self._insert("INSERT", table, {**(values or {}), **more})

    def replace(self, table: str, values: dict[str, t.Any] | None = None, **more: t.Any) -> int:
        """REPLACE one row; the id of an AUTO_INCREMENT column."""
        row = {**(values or {}), **more}
        for name, value in row.items():
            # SQLite would put the default of the column in its place
            if value is None and not re.search(r"^(id|modified)$| null( =|$)", schema.TABLES[table].columns[name]):
                raise php.MysqlError("23000", 1048, "Column '%s' cannot be null" % name)
        return self._insert("REPLACE", table, row)

    def _insert(self, verb: str, table: str, values: dict[str, t.Any]) -> int:
        names = ", ".join('"%s"' % name for name in values)
        sql = '%s INTO "%s" (%s) VALUES (%s)' % (verb, table, names, ", ".join("?" * len(values)))
        return self._run(sql, [stored(table, name, value) for name, value in values.items()], values).lastrowid or 0

    def update(self, table: str, values: dict[str, t.Any], **where: t.Any) -> int:
        """UPDATE rows whose columns equal; the number of rows found. `modified` moves only where a value differs."""
        clause, params = _where(where)
        names = ", ".join('"%s" = ?' % name for name in values)
        row = [stored(table, name, value) for name, value in values.items()]
        return self._run('UPDATE "%s" SET %s%s' % (table, names, clause), [*row, *params], values).rowcount

    def delete(self, table: str, **where: t.Any) -> int:
        """DELETE rows whose columns equal; their number."""
        clause, params = _where(where)
        return self._run('DELETE FROM "%s"%s' % (table, clause), params).rowcount

    def delete_id(self, table: str, value: t.Any) -> None:
        """DELETE ... WHERE id = a value as the client wrote it: a text that only starts with a number fails if that is a row's."""
        if self.exists(table, id=number(value)):
            self.delete(table, id=number(value, strict=True))

    def many(self, table: str, names: t.Sequence[str], rows: t.Iterable[t.Sequence[t.Any]]) -> None:
        """INSERT many rows at once (seeding)."""
        sql = 'INSERT INTO "%s" (%s) VALUES (%s)' % (table, ", ".join('"%s"' % name for name in names), ", ".join("?" * len(names)))
        self.connection.execute("BEGIN")
        self.connection.executemany(sql, rows)
        self.connection.execute("COMMIT")


def _where(where: dict[str, t.Any]) -> tuple[str, list[t.Any]]:
    if not where:
        return "", []
    return " WHERE " + " AND ".join('"%s" = ?' % name for name in where), list(where.values())
