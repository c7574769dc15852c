# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fields of templates of domains and mailboxes (facts-mailboxes 2 and 3). mailcow stores them in ``attributes``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.names import fold
from .features import RateLimit
from .field import MISSING
from .plain import Choices, Line

if TYPE_CHECKING:
    from .field import Asks, Raw

# The template that mailcow uses if none is specified.
PERMANENT = "Default"


@dataclasses.dataclass(frozen=True)
class TemplateName(Line):
    """The name of a template. mailcow does not rename its own template, and allows duplicate names on edit. ``templates`` is the GET
    route that lists all.
    """

    templates: str = ""

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        if current is MISSING or wanted == current:
            return wanted
        if current == PERMANENT:
            if fold(wanted) == fold(current):
                return current
            raise InvalidValue(self.option, "mailcow does not rename the template %s" % PERMANENT)
        others = [template["template"] for template in server.ask(self.templates) or [] if template["template"] != current]
        if fold(wanted) in map(fold, others):
            raise InvalidValue(self.option, "there is already a template %s" % wanted)
        return wanted


class TemplateLimit(RateLimit):
    """A rate limit. An empty value means that there is none."""

    def parse(self, raw: Raw) -> Any:
        attributes = raw["attributes"]
        if "rl_value" not in attributes:
            return MISSING
        amount = int(attributes["rl_value"] or 0)
        if amount and attributes["rl_frame"] not in self.frames:
            raise ValueError("not a time frame")
        return (amount, attributes["rl_frame"]) if amount else None


@dataclasses.dataclass(frozen=True)
class Named(Choices):
    """A set of words, each of which mailcow returns as a flag, whose name is made with ``pattern``."""

    pattern: str = "%s"

    def parse(self, raw: Raw) -> Any:
        flags = {name: raw["attributes"].get(self.pattern % name) for name in self.choices}
        if set(flags.values()) == {None}:
            return MISSING
        return [name for name, flag in flags.items() if (name in self.held if flag is None else int(flag))]
