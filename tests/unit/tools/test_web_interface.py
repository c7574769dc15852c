# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide to the web interface has each option of each kind, or says that it has no field there."""

from __future__ import annotations

from plugins.module_utils._kinds._order import KINDS
from plugins.module_utils._tasks.objects import item_spec
from tests.tools.checkout import ROOT
from tests.tools.generate import WEB_INTERFACE, single
from tests.tools.web_interface import declared, missing, option


def test_something_is_said_of_each_option() -> None:
    assert list(missing(declared())) == []


def test_what_is_missing_is_seen() -> None:
    web = declared()
    fields = web["modules"]["mailcow_alias"]["fields"]
    fields["gotcha"] = fields.pop("goto")
    web["modules"]["mailcow_mailbox"]["no field"] = {"quota": "x"}
    assert list(missing(web)) == [
        "mailcow_alias: goto has neither a field nor a reason",
        "mailcow_alias: gotcha is no option",
        "mailcow_mailbox: quota has a field, and has none",
    ]


def test_the_page_has_each_option_of_each_kind() -> None:
    page = (ROOT / WEB_INTERFACE).read_text(encoding="utf-8")
    everywhere = declared()["everywhere"]
    assert all(f"\n- ``{name}``: " in page for name in everywhere)
    absent = [(kind.name, name) for kind in KINDS for name in item_spec(kind) if option(single(kind), name) not in page]
    assert [pair for pair in absent if pair[1] not in everywhere] == []
