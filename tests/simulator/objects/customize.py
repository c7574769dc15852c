# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks and texts of the web interface, and the mail for a forgotten password: only written, never read (facts-server 25)."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, edit
from .quota_notification import mail_address

LOGIN_FLAGS = ("hide_user_quicklink", "hide_domainadmin_quicklink", "hide_admin_quicklink", "force_sso")


def on(value: t.Any) -> int:
    return int(php.equals(value, "1"))


@edit("app_links", log=("customize", "edit", "app_links", DATA))
def change_app_links(call: Call) -> t.Any:
    """Lists of different lengths are not stored, without a word."""
    apps, links, user_links, hidden = (php.array(call.data.get(name)) for name in ("app", "href", "user_href", "hide"))
    if len(apps) == len(links) == len(user_links) == len(hidden):
        entries = [
            {
                php.arg(app): {
                    "link": link,
                    "user_link": user_link,
                    "hide": not (hide == "0" or (hide == 0 and not isinstance(hide, (bool, float)))),
                }
            }
            for app, link, user_link, hide in zip(apps, links, user_links, hidden, strict=True)
        ]
        call.redis.set("APP_LINKS", php.json_compact(entries))
    return call.success("app_links")


@edit("ui_texts", log=("customize", "edit", "ui_texts", DATA))
def change_ui_texts(call: Call) -> t.Any:
    """All of them: what is not given is emptied."""
    data = call.data
    for name in ("title_name", "main_name", "apps_name"):
        call.redis.set(name.upper(), php.htmlspecialchars(data.get(name)))
    for name in ("help_text", "ui_footer", "ui_announcement_text"):
        call.redis.set(name.upper(), php.string(data.get(name)))
    kind = data.get("ui_announcement_type")
    call.redis.set("UI_ANNOUNCEMENT_TYPE", php.string(kind) if php.in_array(kind, ("info", "warning", "danger")) else "")
    call.redis.set("UI_ANNOUNCEMENT_ACTIVE", int(not php.empty(data.get("ui_announcement_active"))))
    return call.success("ui_texts")


@edit("ip_check", log=("customize", "edit", "ip_check", DATA))
def change_ip_check(call: Call) -> t.Any:
    call.redis.set("IP_CHECK", on(call.data.get("ip_check_opt_in")))
    return call.success("ip_check_opt_in_modified")


@edit("custom_login", log=("customize", "edit", "custom_login", DATA))
def change_custom_login(call: Call) -> t.Any:
    call.redis.set("CUSTOM_LOGIN", php.json_compact({name: on(call.data.get(name)) for name in LOGIN_FLAGS}))
    return call.success("custom_login_modified")


@edit("reset-password-notification", log=("reset_password", "edit_notification", DATA))
def change_reset_notification(call: Call) -> t.Any:
    """All of them: what is not given, and a sender that is no address, is emptied."""
    data = call.data
    call.redis.set("PW_RESET_FROM", mail_address(data.get("from")))
    for key, name in (("PW_RESET_SUBJ", "subject"), ("PW_RESET_HTML", "html_tmpl"), ("PW_RESET_TEXT", "text_tmpl")):
        call.redis.set(key, "" if php.empty(data.get(name)) else php.string(data[name]))
    return call.success("saved_settings")
