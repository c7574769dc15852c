# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The URL of a server: for requests, for messages, and whether it protects the key."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from .errors import MailcowError

API = "/api/v1/"


def base_url(value: str) -> str:
    """Give the server's URL without a trailing slash and without the path of the API. Raises MailcowError when it is no
    URL.
    """
    url = value.strip().rstrip("/")
    if url.endswith(API.rstrip("/")):
        url = url[: -len(API) + 1]
    try:
        usable = re.match(r"^https?://[^/\s?#]+[^\s?#]*$", url, re.IGNORECASE) and urlsplit(url).hostname and urlsplit(url).port != 0
    except ValueError:
        usable = False
    if not usable:
        raise MailcowError("url: %r is not the URL of a server; write it like https://mail.example.com" % without_login(value))
    return url.rstrip("/")


def without_password(url: str) -> str:
    """Give a URL without the user and the password of a proxy that may stand in it."""
    return re.sub(r"//[^/?#]*@", "//", url)


def without_login(text: str) -> str:
    """Give a URL without user and password. If it cannot be parsed, everything before the last @ may contain a password."""
    return re.sub(r"^(\s*\w+://)?(.*@)?", r"\1", text, flags=re.DOTALL)


def is_encrypted(url: str) -> bool:
    """Whether requests to a URL are encrypted."""
    return url.lower().startswith("https:")


def stays_here(url: str) -> bool:
    """Whether the server of a URL is this host, so that requests do not leave it."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
