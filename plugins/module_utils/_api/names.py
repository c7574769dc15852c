# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names as mailcow stores them: domains in lower-case punycode, and addresses with such a domain."""

from __future__ import annotations

import functools
import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from .errors import InvalidValue

_LABEL = re.compile(r"^(?!-)[a-z0-9-]{1,63}(?<!-)$")
_LOCAL_PART = re.compile(r"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$", re.IGNORECASE)
_HOST_NUMBER = re.compile(r"^\[[0-9a-f.:]+\]$", re.IGNORECASE)


@functools.lru_cache(maxsize=1024)
def domain_name(value: object) -> str:
    """Give a domain name as mailcow stores it (trimmed, lower case, punycode), e.g. ``Größe.example`` ->
    ``xn--grsse-kua.example``.

    The "idna" codec of Python maps as mailcow does (UTS46 transitional: ``ß`` becomes ``ss``), and mailcow itself
    converts only in a few of its calls (facts-mailboxes 0.4), so everything that is sent has gone through here. Raises
    ValueError when the value is no domain name.
    """
    name = str(value).strip().lower()
    if name.isascii():
        ascii_name = name
    else:
        try:
            ascii_name = name.encode("idna").decode("ascii")
        except UnicodeError:
            ascii_name = ""
    if len(ascii_name) > 253 or not all(_LABEL.match(label) for label in ascii_name.split(".")):
        raise ValueError("%r is not a domain name" % value)
    return ascii_name


def readable_name(name: str) -> str:
    """Give a domain name as people read it, the reverse of `domain_name`."""
    try:
        return name.encode("ascii").decode("idna")
    except UnicodeError:
        return name


def address(value: object) -> str:
    """Give an e-mail address with its domain as mailcow stores it; the local part keeps its case.

    Raises ValueError when the value is no address that mailcow would take: local parts are ASCII and at most 64 characters
    long, and the last part of the domain begins with a letter (facts-mailboxes 0.4 and 21).
    """
    text = str(value).strip()
    local, at, domain = text.rpartition("@")
    if not at or not local:
        raise ValueError("%r is not an e-mail address" % value)
    if "@" in local.strip("@"):
        raise ValueError("%r is more than one e-mail address; options for several addresses take a list" % value)
    if len(local) > 64:
        told = "%r is not a valid e-mail address: %d characters before the @ are too many; the maximum is 64"
        raise ValueError(told % (value, len(local)))
    if not _LOCAL_PART.match(local):
        raise ValueError("%r is not a valid e-mail address: %r is not allowed before the @" % (value, local))
    # Instead of a domain, an IP address in brackets is possible (facts-mailboxes 12.3).
    if _HOST_NUMBER.match(domain):
        return "%s@%s" % (local, domain.lower())
    name = domain_name(domain)
    if "." not in name:
        raise ValueError("%r is not a valid e-mail address: %r has no dot" % (value, name))
    if not name.rpartition(".")[2][0].isalpha():
        raise ValueError("%r is not a valid e-mail address: the last part of %r does not begin with a letter" % (value, name))
    return "%s@%s" % (local, name)


def split_address(value: str) -> tuple[str, str]:
    """Give (local part, domain) of an address that is known to be one."""
    local, _at, domain = value.rpartition("@")
    return local, domain


def domain_of(value: str) -> str:
    """Give the domain of an address that is known to be one."""
    return split_address(value)[1]


def askable(name: str) -> bool:
    """Whether a name can stand in a path: mailcow takes a slash for the end of it, however it is encoded (facts-mailboxes 1.11)."""
    return "/" not in name


def segment(value: object) -> str:
    """Give a value as one segment of a path.

    Path arguments are decoded twice, by the web server and by PHP (facts-mailboxes 0.1), so they are encoded twice.
    """
    return quote(quote(str(value), safe="@"), safe="@")


def fold(value: object) -> str:
    """Give the form in which mailcow's database compares texts: without case and without accents (facts-mailboxes 21)."""
    decomposed = unicodedata.normalize("NFKD", str(value).strip().casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def network(value: object) -> str:
    """Give an IP address or a network in one spelling: ``2001:DB8:0::1`` -> ``2001:db8::1``, ``192.0.2.7/24`` ->
    ``192.0.2.0/24``; a network of one address is that address.

    Raises ValueError when the value is neither.
    """
    found = ipaddress.ip_network(str(value).strip(), strict=False)
    return str(found.network_address if found.prefixlen == found.max_prefixlen else found)


def network_or_name(value: object) -> str:
    """Give an address, a network or a name that mailcow returned in a form in which equal ones are identical."""
    text = str(value).strip()
    try:
        return network(text)
    except ValueError:
        return text.lower()


def domain_names(names: Iterable[str] | None, option: str = "domains") -> list[str] | None:
    """Give the names of domains that stand in an option as mailcow stores them, None for None. Raises InvalidValue."""
    if names is None:
        return None
    given = []
    for name in names:
        try:
            given.append(domain_name(name))
        except ValueError as error:
            raise InvalidValue(option, str(error)) from error
    return given
