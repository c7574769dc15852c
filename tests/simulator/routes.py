# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every route of the real server, and the decorators with which objects/*.py fill them; it knows none of the objects.

A route that is not in ROUTES is 404 "route not found"; one that is there but has no handler yet is 501 "not simulated".
"""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    from .call import Call
    from .state import State

# action -> category -> third path parts that the server treats on their own; "*" is any other one (also none at all).
# A category without "*" answers other objects with an empty body (facts-server 1.2), `logs` with 404.
ROUTES: dict[str, dict[str, tuple[str, ...]]] = {
    "get": {
        "active-user-sieve": ("*",),
        "admin": ("all", "*"),
        "alias": ("all", "*"),
        "alias-domain": ("all", "*"),
        "app-passwd": ("all", "*"),
        "bcc": ("all", "*"),
        "bcc-destination-options": ("*",),
        "dkim": ("*",),
        "domain": ("all", "template", "*"),
        "domain-admin": ("all", "*"),
        "fail2ban": ("*",),
        "fido2-get-args": ("*",),
        "fido2-registration": ("*",),
        "filters": ("all", "*"),
        "fwdhost": ("all", "*"),
        "global_filters": ("all", "prefilter", "postfilter"),
        "identity-provider": ("*",),
        "last-login": ("*",),
        "logs": (
            "acme",
            "api",
            "autodiscover",
            "cron",
            "dovecot",
            "netfilter",
            "postfix",
            "ratelimited",
            "rspamd-history",
            "rspamd-stats",
            "sasl",
            "sogo",
            "ui",
            "watchdog",
        ),
        "mailbox": ("all", "reduced", "template", "*"),
        "mailq": ("all",),
        "oauth2-client": ("all", "*"),
        "passwordpolicy": ("html", "*"),
        "policy_bl_domain": ("*",),
        "policy_bl_mailbox": ("*",),
        "policy_wl_domain": ("*",),
        "policy_wl_mailbox": ("*",),
        "postcat": ("*",),
        "presets": ("rspamd", "sieve"),
        "quarantine": ("all", "*"),
        "recipient_map": ("all", "*"),
        "relayhost": ("all", "*"),
        "reset-last-login": ("*",),
        "resource": ("all", "*"),
        "rl-domain": ("all", "*"),
        "rl-mbox": ("all", "*"),
        "rsetting": ("all", "*"),
        "rspamd": ("actions",),
        "spam-score": ("*",),
        "status": ("container", "containers", "host", "solr", "version", "vmail"),
        "syncjobs": ("all", "*"),
        "time_limited_aliases": ("*",),
        "tls-policy-map": ("all", "*"),
        "transport": ("all", "*"),
        "webauthn-tfa-get-args": ("*",),
        "webauthn-tfa-registration": ("*",),
    },
    "add": {
        "admin": ("*",),
        "alias": ("*",),
        "alias-domain": ("*",),
        "app-passwd": ("*",),
        "bcc": ("*",),
        "dkim": ("*",),
        "dkim_duplicate": ("*",),
        "dkim_import": ("*",),
        "domain": ("template", "*"),
        "domain-admin": ("*",),
        "domain-policy": ("*",),
        "fido2-registration": ("*",),
        "filter": ("*",),
        "fwdhost": ("*",),
        "global-filter": ("*",),
        "mailbox": ("template", "*"),
        "mailbox-policy": ("*",),
        "mta-sts": ("*",),
        "oauth2-client": ("*",),
        "recipient_map": ("*",),
        "relayhost": ("*",),
        "resource": ("*",),
        "rsetting": ("*",),
        "sso": ("domain-admin",),
        "syncjob": ("*",),
        "time_limited_alias": ("*",),
        "tls-policy-map": ("*",),
        "transport": ("*",),
        "webauthn-tfa-registration": ("*",),
    },
    "edit": {
        "admin": ("*",),
        "alias": ("*",),
        "alias-domain": ("*",),
        "app-passwd": ("*",),
        "app_links": ("*",),
        "bcc": ("*",),
        "cors": ("*",),
        "custom_login": ("*",),
        "da-acl": ("*",),
        "delimiter_action": ("*",),
        "domain": ("footer", "template", "*"),
        "domain-admin": ("*",),
        "fail2ban": ("banlist", "*"),
        "fido2-fn": ("*",),
        "filter": ("*",),
        "fwdhost": ("*",),
        "identity-provider": ("*",),
        "identity-provider-test": ("*",),
        "ip_check": ("*",),
        "mailbox": ("custom-attribute", "template", "*"),
        "mailq": ("*",),
        "mta-sts": ("*",),
        "oauth2-client": ("*",),
        "passwordpolicy": ("*",),
        "pushover": ("*",),
        "pushover-test": ("*",),
        "qitem": ("*",),
        "quarantine": ("*",),
        "quarantine_category": ("*",),
        "quarantine_notification": ("*",),
        "quota_notification": ("*",),
        "quota_notification_bcc": ("*",),
        "recipient_map": ("*",),
        "relayhost": ("*",),
        "rename-mbox": ("*",),
        "reset-password-notification": ("*",),
        "resource": ("*",),
        "rl-domain": ("*",),
        "rl-mbox": ("*",),
        "rsetting": ("*",),
        "rspamd-map": ("*",),
        "self": (),
        "spam-score": ("*",),
        "syncjob": ("*",),
        "time_limited_alias": ("*",),
        "tls-policy-map": ("*",),
        "tls_policy": ("*",),
        "transport": ("*",),
        "ui_texts": ("*",),
        "user-acl": ("*",),
    },
    "delete": {
        "admin": ("*",),
        "alias": ("*",),
        "alias-domain": ("*",),
        "app-passwd": ("*",),
        "bcc": ("*",),
        "dkim": ("*",),
        "domain": ("tag", "template", "*"),
        "domain-admin": ("*",),
        "domain-policy": ("*",),
        "eas_cache": ("*",),
        "filter": ("*",),
        "fwdhost": ("*",),
        "identity-provider": ("*",),
        "mailbox": ("tag", "template", "*"),
        "mailbox-policy": ("*",),
        "mailq": ("*",),
        "oauth2-client": ("*",),
        "qitem": ("*",),
        "recipient_map": ("*",),
        "relayhost": ("*",),
        "resource": ("*",),
        "rlhash": ("*",),
        "rsetting": ("*",),
        "sogo_profile": ("*",),
        "syncjob": ("*",),
        "time_limited_alias": ("*",),
        "tls-policy-map": ("*",),
        "transport": ("*",),
    },
    "search": {
        "domain": ("*",),
        "mailbox": ("*",),
    },
}

# The release that brought a route, where that was after the oldest one that is simulated.
SINCE = {
    "get/logs/cron": "2025-03",
    "get/identity-provider": "2025-03",
    "add/mta-sts": "2025-09",
    "edit/custom_login": "2025-05",
    "edit/identity-provider": "2025-03",
    "edit/identity-provider-test": "2025-03",
    "edit/mta-sts": "2025-09",
    "edit/rename-mbox": "2024-11",
    "edit/reset-password-notification": "2024-08",
    "delete/identity-provider": "2025-03",
}

# The release that took a route away.
UNTIL = {"get/status/solr": "2025-01"}

# add routes that do not answer `access_denied` without a key, but `Cannot add item` (facts-server 1.2)
ANONYMOUS_FAILS = ("bcc", "recipient_map", "tls-policy-map")

DATA = object()
"""Stands in a `log` for the request's data (facts-server 1.5)."""


class Handler(t.NamedTuple):
    """What a decorator says about a handler; see the decorators."""

    function: t.Callable[[Call], t.Any]
    log: tuple[t.Any, ...] = (DATA,)
    key: str | None = None
    mask: tuple[str, ...] = ()
    anonymous: str = "denied"
    empty: str = "{}"


HANDLERS: dict[tuple[str, str, str], Handler] = {}

_Function = t.Callable[["Call"], t.Any]
_Page = t.Callable[["State", str], "str | None"]

PAGES: dict[str, _Page] = {}


def _register(action: str, category: str, objects: tuple[str, ...], **options: t.Any) -> t.Callable[[_Function], _Function]:
    def decorate(function: _Function) -> _Function:
        for name in objects or ("*",):
            if name not in ROUTES[action].get(category, ()):
                raise ValueError("the server has no route %s/%s/%s" % (action, category, name))
            if (action, category, name) in HANDLERS:
                raise ValueError("two handlers for %s/%s/%s" % (action, category, name))
            HANDLERS[action, category, name] = Handler(function, **options)
        return function

    return decorate


def get(category: str, *objects: str, empty: str = "{}") -> t.Callable[[_Function], _Function]:
    """GET get/<category>/<object>/<extra>. The handler returns the data; what PHP calls empty is answered with `empty`.

    Without `objects` it serves all third path parts that ROUTES does not name; `@get("domain", "all")` serves that one.
    """
    return _register("get", category, objects, empty=empty)


def add(
    category: str, *objects: str, log: tuple[t.Any, ...], mask: tuple[str, ...] = (), anonymous: str = "denied"
) -> t.Callable[[_Function], _Function]:
    """POST add/<category>. `log`: shape of the entries' log, with DATA for the body; `mask`: its keys that become "*".

    `anonymous`: what happens without a key, which the router lets pass (facts-server 1.2): "denied" (entry access_denied) or
    "handler" (called with `call.admin` False).
    """
    return _register("add", category, objects, log=log, mask=mask, anonymous=anonymous)


def edit(
    category: str, *objects: str, log: tuple[t.Any, ...], key: str | None = None, mask: tuple[str, ...] = ()
) -> t.Callable[[_Function], _Function]:
    """POST edit/<category>. `key`: the name under which the items are merged below attr; None where items are ignored."""
    return _register("edit", category, objects, log=log, key=key, mask=mask)


def delete(
    category: str, *objects: str, log: tuple[t.Any, ...], key: str | None = None, mask: tuple[str, ...] = ()
) -> t.Callable[[_Function], _Function]:
    """POST delete/<category>. The body's values are `call.items` and stand under `key` in `call.data`."""
    return _register("delete", category, objects, log=log, key=key, mask=mask)


def search(category: str) -> t.Callable[[_Function], _Function]:
    """POST search/<category>. The decoded body is `call.body`; the handler returns the answer, False for `Cannot get item`."""
    return _register("search", category, ())


def page(path: str) -> t.Callable[[_Page], _Page]:
    """GET of a page outside of the API. The function gets the state and the name of the host that was asked for; it returns the
    text, None where there is no such page."""

    def decorate(function: _Page) -> _Page:
        if path in PAGES:
            raise ValueError("two pages for %s" % path)
        PAGES[path] = function
        return function

    return decorate
