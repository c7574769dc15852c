# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A write before it is sent, and which others can be combined with it in one request."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Iterable
from typing import Any


def items_of(item: Any) -> list[Any]:
    """Give the items with which edit and delete name an object; some objects consist of several entries of mailcow."""
    return list(item) if isinstance(item, (list, tuple)) else [item]


@dataclasses.dataclass(frozen=True)
class Request:
    """One write: ``path`` below /api/v1/ and its ``body``. ``item`` is what an edit or a delete is about, None for an
    add; ``join`` the attribute of an add that takes several, separated by commas, when all others are alike; ``alone``:
    whether mailcow does it only for the first of several items; ``trial``: whether it changes nothing, so that it has failed
    when it is refused, whatever is there afterwards; ``aside``: whether it prepares another one or clears up after it, and is no
    change by itself; ``instead``: (what mailcow says in the one case, the request that does it
    then).
    """

    path: str
    body: Any
    item: Any = None
    join: str | None = None
    alone: bool = False
    trial: bool = False
    aside: bool = False
    instead: tuple[str, Request] | None = None

    def shared(self) -> Hashable:
        """Give what must be equal to combine two requests, None if this one cannot be combined."""
        if self.join:
            return self.path, repr({name: value for name, value in self.body.items() if name != self.join})
        if self.item is None or self.alone:
            return None
        return self.path, repr(self.body["attr"]) if isinstance(self.body, dict) else None

    def joined(self, others: Iterable[Request]) -> Any:
        """Give the body of a request that combines this one and ``others``."""
        requests = [self, *others]
        if self.join:
            return dict(self.body, **{self.join: ",".join(request.body[self.join] for request in requests)})
        items = [item for request in requests for item in items_of(request.item)]
        return dict(self.body, items=items) if isinstance(self.body, dict) else items
