# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stand-in for the few Redis commands that mailcow uses: strings, hashes and lists in a dict. Keys keep their case."""

from __future__ import annotations

import fnmatch
import typing as t


class Redis:
    """The commands have the names, arguments and answers that they have in Redis."""

    def __init__(self) -> None:
        self.data: dict[str, t.Any] = {}
        self.published: list[tuple[str, str]] = []

    # keys and strings
    def get(self, key: str) -> str | None:
        return self.data.get(key)

    def set(self, key: str, value: t.Any) -> bool:
        self.data[key] = str(value)
        return True

    def delete(self, *keys: str) -> int:
        return sum(self.data.pop(key, None) is not None for key in keys)

    def exists(self, key: str) -> bool:
        return key in self.data

    def keys(self, pattern: str = "*") -> list[str]:
        return [key for key in self.data if fnmatch.fnmatchcase(key, pattern)]

    def incr(self, key: str) -> int:
        self.data[key] = str(int(self.data.get(key, 0)) + 1)
        return int(self.data[key])

    def publish(self, channel: str, message: str) -> int:
        self.published.append((channel, message))
        return 0

    # hashes
    def hget(self, key: str, field: str) -> str | None:
        return self.data.get(key, {}).get(field)

    def hset(self, key: str, *pairs: t.Any) -> int:
        hash_ = self.data.setdefault(key, {})
        before = len(hash_)
        hash_.update({str(field): str(value) for field, value in zip(pairs[::2], pairs[1::2], strict=True)})
        return len(hash_) - before

    def hdel(self, key: str, *fields: str) -> int:
        hash_ = self.data.get(key, {})
        removed = sum(hash_.pop(field, None) is not None for field in fields)
        if not hash_:
            self.data.pop(key, None)
        return removed

    def hgetall(self, key: str) -> dict[str, str]:
        return dict(self.data.get(key, {}))

    def hkeys(self, key: str) -> list[str]:
        return list(self.data.get(key, {}))

    def hexists(self, key: str, field: str) -> bool:
        return field in self.data.get(key, {})

    def hlen(self, key: str) -> int:
        return len(self.data.get(key, {}))

    # lists (index 0 is the newest of an LPUSH)
    def lpush(self, key: str, *values: t.Any) -> int:
        list_ = self.data.setdefault(key, [])
        for value in values:
            list_.insert(0, str(value))
        return len(list_)

    def rpush(self, key: str, *values: t.Any) -> int:
        self.data.setdefault(key, []).extend(map(str, values))
        return len(self.data[key])

    def lrange(self, key: str, start: int, stop: int) -> list[str]:
        list_ = self.data.get(key, [])
        return list_[start:] if stop == -1 else list_[start : stop + 1]

    def llen(self, key: str) -> int:
        return len(self.data.get(key, []))

    def ltrim(self, key: str, start: int, stop: int) -> bool:
        self.data[key] = self.lrange(key, start, stop)
        return True

    def lrem(self, key: str, value: str, count: int = 0) -> int:
        """Remove the first `count` (0 = all) equal values."""
        kept, removed = [], 0
        for item in self.data.get(key, []):
            if item == value and (count == 0 or removed < count):
                removed += 1
            else:
                kept.append(item)
        self.data[key] = kept
        if not kept:
            del self.data[key]
        return removed

    def command(self, name: str, *args: str) -> t.Any:
        """Run a command as typed into redis-cli (used to plant state)."""
        name = {"del": "delete", "hmset": "hset"}.get(name.lower(), name.lower())
        if name in ("lrange", "ltrim"):
            return getattr(self, name)(args[0], int(args[1]), int(args[2]))
        if name == "lrem":
            return self.lrem(args[0], args[2], int(args[1]))
        if name not in (
            "get",
            "set",
            "delete",
            "exists",
            "keys",
            "incr",
            "publish",
            "hget",
            "hset",
            "hdel",
            "hgetall",
            "hkeys",
            "hexists",
            "hlen",
            "lpush",
            "rpush",
            "llen",
        ):
            raise ValueError("Redis command %s is not simulated" % name.upper())
        return getattr(self, name)(*args)
