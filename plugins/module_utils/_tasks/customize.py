# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The appearance of the web interface: texts, links to applications, and the login page (facts-server 25)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._api.errors import InvalidValue
from .._api.request import Request
from .newer import Newer
from .unseen import Unseen, write

_TEXTS = ("title_name", "main_name", "apps_name", "help_text", "ui_footer")
_LOGIN = ("hide_user_quicklink", "hide_domainadmin_quicklink", "hide_admin_quicklink", "force_sso")
_SPEC: dict[str, dict[str, Any]] = {
    "app_links": {
        "type": "list",
        "elements": "dict",
        "options": {
            "app": {"type": "str", "required": True},
            "href": {"type": "str", "required": True},
            "user_href": {"type": "str"},
            "hide": {"type": "bool", "default": False},
        },
    },
    "ui_texts": {
        "type": "dict",
        "options": dict(
            {name: {"type": "str", "default": ""} for name in _TEXTS},
            announcement={
                "type": "dict",
                "options": {
                    "text": {"type": "str", "required": True},
                    "type": {"type": "str", "choices": ["danger", "info", "warning"], "default": "info"},
                    "active": {"type": "bool", "default": True},
                },
            },
        ),
    },
    "ip_check": {"type": "bool"},
    "custom_login": {"type": "dict", "options": {name: {"type": "bool", "default": False} for name in _LOGIN}},
}


def settings(params: Mapping[str, Any]) -> dict[str, Any]:
    """Give the specified groups of settings, each of them complete. Raises InvalidValue for what mailcow could not display."""
    values = {group: params[group] for group in _SPEC if params[group] is not None}
    if "app_links" in values:
        values["app_links"] = [_link(link) for link in values["app_links"]]
    return values


def _link(given: Mapping[str, Any]) -> dict[str, Any]:
    if not given["app"].strip() or not given["href"].strip():
        raise InvalidValue("app_links", "a link needs a name and a URL")
    # As in the web interface: the value for users is the same, unless another one is set.
    return dict(given, user_href=given["href"] if given["user_href"] is None else given["user_href"])


def _requests(values: Mapping[str, Any]) -> Iterator[Request]:
    for group, path, attributes in (
        ("app_links", "edit/app_links", _link_attributes),
        ("ui_texts", "edit/ui_texts", _text_attributes),
        ("ip_check", "edit/ip_check", lambda opt_in: {"ip_check_opt_in": int(opt_in)}),
        ("custom_login", "edit/custom_login", lambda login: {name: int(hidden) for name, hidden in login.items()}),
    ):
        if group in values:
            yield Request(path, {"items": [], "attr": attributes(values[group])})


def _link_attributes(links: list[dict[str, Any]]) -> dict[str, Any]:
    attributes: dict[str, Any] = {name: [link[name] for link in links] for name in ("app", "href", "user_href")}
    return dict(attributes, hide=[int(link["hide"]) for link in links])


def _text_attributes(texts: dict[str, Any]) -> dict[str, Any]:
    announcement = texts["announcement"] or {"text": "", "type": "", "active": False}
    attributes = {"ui_announcement_%s" % name: announcement[name] for name in ("text", "type")}
    return dict({name: texts[name] for name in _TEXTS}, ui_announcement_active=int(announcement["active"]), **attributes)


NEWER = (
    Newer(
        "app_links.user_href",
        "2025-03",
        wanted=lambda values: any(link["user_href"] != link["href"] for link in values.get("app_links", ())),
    ),
    Newer("app_links.hide", "2025-03", wanted=lambda values: any(link["hide"] for link in values.get("app_links", ()))),
    Newer("custom_login", "2025-05", wanted=lambda values: "custom_login" in values),
)

CUSTOMIZE = write(Unseen("customize", "web interface", _SPEC, settings, _requests, NEWER))
