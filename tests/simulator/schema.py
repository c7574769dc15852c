# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The schema of the database: the tables of tables.toml as statements for SQLite that keep MariaDB's limits.

What a table holds stands in tables.toml; how a value gets into one, and how an error is worded, in db.py.
"""

from __future__ import annotations

import pathlib
import re
import tomllib
import typing as t

NOW = "datetime('now', 'localtime')"

RANGES = {
    "int": (-(2**31), 2**31 - 1),
    "big": (-(2**63), 2**63 - 1),
    "small": (-(2**15), 2**15 - 1),
    "usmall": (0, 2**16 - 1),
    "tiny": (-128, 127),
}


class Table(t.NamedTuple):
    """One table as tables.toml describes it; `columns` are the descriptions by name."""

    columns: dict[str, str]
    primary: tuple[str, ...]
    unique: dict[str, tuple[str, ...]]
    references: tuple[str, ...]


def _tables() -> dict[str, Table]:
    described = tomllib.loads(pathlib.Path(__file__).with_name("tables.toml").read_text(encoding="utf-8"))
    return {
        name: Table(
            columns=table["columns"],
            primary=tuple(table.get("primary", ())),
            unique={key: tuple(columns) for key, columns in table.get("unique", {}).items()},
            references=tuple(table.get("references", ())),
        )
        for name, table in described.items()
    }


TABLES = _tables()


def _column(table: str, name: str, spec: str) -> str:
    """One column as SQLite DDL. Constraint names carry what db.translate() needs to word MariaDB's error."""
    match = re.fullmatch(r"(\w+)((?: (?!null\b)[^ =][^ =]*)?)( null)?(?: =(.*))?", spec.strip())
    if not match:
        raise ValueError("%s.%s: %s" % (table, name, spec))
    kind, size, null, default = match.group(1), match.group(2).strip(), match.group(3), match.group(4)
    column = '"%s"' % name
    checks = {}
    if kind == "id":
        return column + " INTEGER PRIMARY KEY AUTOINCREMENT"
    if kind == "created":
        return "%s TEXT NOT NULL DEFAULT (%s)" % (column, NOW)
    if kind in ("modified", "date"):
        return column + " TEXT" + ("" if null or kind == "modified" else " NOT NULL")
    if kind in RANGES:
        sql = column + " INTEGER"
        low, high = RANGES[kind]
        checks["integer"] = "typeof({0}) IN ('integer', 'null')"
        checks["range"] = "typeof({0}) <> 'integer' OR {0} BETWEEN %d AND %d" % (low, high)
    elif kind == "float":
        sql = column + " REAL"
        checks["integer"] = "typeof({0}) IN ('real', 'integer', 'null')"
    else:
        # NOCASE knows ASCII only, and is much faster than the collation of db.py
        sql = column + " TEXT COLLATE " + ("GENERAL_CI" if kind == "words" else "NOCASE")
        if kind in ("str", "words"):
            checks["long"] = "length({0}) <= %d" % int(size)
        elif kind == "text":
            checks["long"] = "length(CAST({0} AS BLOB)) <= 65535"
        elif kind == "json":
            checks["json"] = "{0} IS NULL OR json_valid({0})"
        elif kind == "enum":
            checks["enum"] = "{0} IN (%s)" % ", ".join("'%s'" % value for value in size.split("|"))
        elif kind != "long":
            raise ValueError("%s.%s: %s" % (table, name, spec))
    if not null:
        sql += " NOT NULL"
    if default is not None:
        sql += " DEFAULT '%s'" % default if "TEXT" in sql else " DEFAULT %s" % default
    for what, check in checks.items():
        sql += ' CONSTRAINT "%s.%s:%s" CHECK (%s)' % (table, name, what, check.format(column))
    return sql


def ddl() -> t.Iterator[str]:
    """All statements that make the empty database."""
    for name, table in TABLES.items():
        lines = [_column(name, column, spec) for column, spec in table.columns.items()]
        if table.primary and table.columns[table.primary[0]] != "id":
            lines.append("PRIMARY KEY (%s)" % ", ".join('"%s"' % column for column in table.primary))
        lines += ["UNIQUE (%s)" % ", ".join('"%s"' % column for column in columns) for columns in table.unique.values()]
        if table.references:
            lines.append('FOREIGN KEY ("%s") REFERENCES "%s" ("%s") ON DELETE CASCADE' % table.references)
        yield 'CREATE TABLE "%s" (%s)' % (name, ", ".join(lines))
        if "modified" in table.columns:
            # ON UPDATE CURRENT_TIMESTAMP: only when a value differs, byte for byte, and the statement did not set it itself.
            others = [column for column in table.columns if column != "modified"]
            changed = " OR ".join('OLD."%s" COLLATE BINARY IS NOT NEW."%s"' % (column, column) for column in others)
            yield (
                'CREATE TRIGGER "%s_modified" AFTER UPDATE ON "%s" WHEN OLD.modified IS NEW.modified AND (%s) '
                'BEGIN UPDATE "%s" SET modified = %s WHERE rowid = NEW.rowid; END' % (name, name, changed, name, NOW)
            )
    # The lookups that listings of thousands of objects make for each row.
    for table_name, columns in (
        ("mailbox", "domain"),
        ("alias", "domain"),
        ("tags_domain", "domain"),
        ("tags_mailbox", "username"),
        ("alias_domain", "target_domain"),
        ("spamalias", "goto"),
        ("sender_acl", "logged_in_as"),
        ("filterconf", "object"),
        ("imapsync", "user2"),
        ("sieve_filters", "username"),
        ("app_passwd", "mailbox"),
        ("sasl_log", "username"),
        ("domain_admins", "username"),
    ):
        yield 'CREATE INDEX "ix_%s_%s" ON "%s" ("%s")' % (table_name, columns, table_name, columns)
