# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of every kind, for tests that need some of each; the unit test of a kind has them, so that a new kind brings its own."""

from __future__ import annotations

import importlib

from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._tasks.objects import item_spec
from tests.secrets.markers import Path, secret_options


def every_option(kind: Kind) -> list[dict]:
    """Objects of a kind with all options but for secrets that are not needed, in several items where one cannot have all."""
    return importlib.import_module(f"tests.unit.plugins.module_utils._kinds.test_{kind.name}").EVERY_OPTION


def together(kind: Kind) -> list[dict]:
    """Those of them that can be there at the same moment."""
    return every_option(kind)[:1] if kind.read.only_one else every_option(kind)


def secret_places(kind: Kind, item: dict) -> list[Path]:
    """The secret options that one of them can have: not those that others have instead."""
    instead = {name for other in every_option(kind) for name in other} - item.keys()
    return [place for place in secret_options(item_spec(kind)) if place[0] not in instead]
