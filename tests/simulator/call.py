# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a handler gets: the request, the state, and the ways to answer."""

from __future__ import annotations

import copy
import typing as t

from . import php
from .routes import DATA, Handler
from .state import Config, Session, State


class Call:
    """One API call.

    `category`, `object`, `extra`: parts 2, 3, 4 of the path (None where missing). `query`: the query string's fields.
    `body`: add: the body as a dict; search: the body. `items`: edit and delete: the values to loop over.
    `data`: what mailcow's function gets and logs: for edit the items under the internal key and attr on top, for delete the
    items alone, for add the body.
    """

    def __init__(
        self, state: State, session: Session, category: str, object_: str | None, extra: str | None, query: dict[str, t.Any]
    ) -> None:
        self.state = state
        self.session = session
        self.category = category
        self.object = object_
        self.extra = extra
        self.query = query
        self.body: t.Any = None
        self.data: dict[str, t.Any] = {}
        self.items: list[t.Any] = []
        self.base_url = ""
        self.remote = "127.0.0.1"
        self._handler: Handler | None = None
        self._logged: t.Any = None

    def prepare(self, handler: Handler) -> None:
        """Fix what the entries will log: the data as it came in, with secrets starred where the real server does so."""
        self._handler = handler
        self._logged = copy.deepcopy(self.data)
        for key in handler.mask:
            if php.isset(self._logged, key):
                self._logged[key] = "*"
        if handler.key is not None:
            value = self.data.get(handler.key)
            self.items = php.array(value) if php.is_array(value) else [value]

    # --- the server
    @property
    def db(self) -> t.Any:
        """The server's database (db.Database)."""
        return self.state.db

    @property
    def redis(self) -> t.Any:
        """The server's Redis (redis.Redis)."""
        return self.state.redis

    @property
    def config(self) -> Config:
        """How the server is set up."""
        return self.state.config

    def since(self, tag: str) -> bool:
        """Whether the server is of the release that a tag names, or of a newer one."""
        return self.state.since(tag)

    def shown(self, data: dict[str, t.Any], since: dict[str, str]) -> dict[str, t.Any]:
        """The data without the keys that only newer servers show; `since` names the release that brought each."""
        return {key: value for key, value in data.items() if key not in since or self.since(since[key])}

    def known(self, names: t.Iterable[str], since: dict[str, str]) -> tuple[str, ...]:
        """The names without those that only newer servers know; `since` as above."""
        return tuple(name for name in names if name not in since or self.since(since[name]))

    @property
    def admin(self) -> bool:
        """Whether a key (or a cookie of one) was given; only add handlers are called without."""
        return self.session.access is not None

    # --- answers
    @property
    def log(self) -> list[t.Any]:
        """The handler's log with the request's data filled in."""
        assert self._handler is not None
        return [self._logged if part is DATA else part for part in self._handler.log]

    def entry(self, type_: str, msg: t.Any, log: t.Any = None) -> None:
        """Note an entry of the answer; success, danger and warning are the types that there are."""
        self.session.returns.append({"type": type_, "log": copy.deepcopy(self.log if log is None else list(log)), "msg": msg})

    def success(self, msg: t.Any, log: t.Any = None) -> t.Literal[True]:
        """Note a success; `msg` is an id or a list of id and arguments. `log` only where it differs from the handler's."""
        self.entry("success", msg, log)
        return True

    def danger(self, msg: t.Any, log: t.Any = None) -> t.Literal[False]:
        """Note a failure. Returns False, so that `return call.danger(...)` ends a function that returns false there."""
        self.entry("danger", msg, log)
        return False

    def warning(self, msg: t.Any, log: t.Any = None) -> t.Literal[False]:
        """Note what went wrong beside a success; as danger otherwise."""
        self.entry("warning", msg, log)
        return False

    def failed(self) -> t.Literal[False]:
        """The function returned false without an entry: `Cannot add item`, `Cannot edit item`, `Cannot delete item`."""
        return False

    @staticmethod
    def json(value: t.Any) -> php.Raw:
        """A get that prints compact JSON, whatever the value."""
        return php.Raw(php.json_compact(value))

    # --- rights
    def has_domain(self, domain: t.Any) -> bool:
        """hasDomainAccess of an administrator: a valid name that is a domain or an alias domain."""
        if not self.admin or not php.is_valid_domain_name(domain):
            return False
        return self.db.exists("domain", domain=domain) or self.db.exists("alias_domain", alias_domain=domain)

    def has_mailbox(self, username: t.Any) -> bool:
        """hasMailboxObjectAccess of an administrator: a mailbox (or resource) in a domain of the server, or "API" itself."""
        if not self.admin or php.empty(username):
            return False
        if php.equals(username, "API"):
            return True
        domain = self.db.value("SELECT domain FROM mailbox WHERE username = ?", username)
        return domain is not None and self.has_domain(domain)

    def has_alias(self, address: t.Any) -> bool:
        """hasAliasObjectAccess of an administrator; a mailbox is an alias too."""
        if not self.admin or php.empty(address):
            return False
        domain = self.db.value("SELECT domain FROM alias WHERE address = ?", address)
        return domain is not None and self.has_domain(domain)
