# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The PHP semantics on which mailcow's answers rest.

Handlers work on decoded JSON (dict, list, str, int, float, bool, None). PHP arrays are Python dicts or lists; whether an
array is written as a JSON list or object is decided when it is encoded (see `export`), as PHP does it.
"""

from __future__ import annotations

import contextlib
import functools
import html
import json
import math
import re
import typing as t
import warnings
from encodings.idna import nameprep
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit


class PhpException(Exception):
    """What is an uncaught exception on the real server: HTTP 200 with an empty body (facts-server 1.2)."""

    def message(self) -> t.Any:
        """The msg of the entry that the exception leaves in the session (facts-server 1.4)."""
        return "An unknown error occured: %s" % self


class MysqlError(PhpException):
    """A database error (strict SQL mode). `error_info` is what PDO shows: SQLSTATE, number, text."""

    def __init__(self, sqlstate: str, number: int, text: str) -> None:
        super().__init__("SQLSTATE[%s]: %s: %d %s" % (sqlstate, SQLSTATES.get(sqlstate, "General error"), number, text))
        self.error_info = [sqlstate, number, text]

    def message(self) -> t.Any:
        return ["mysql_error", {"errorInfo": self.error_info}]


SQLSTATES = {
    "22001": "String data, right truncated",
    "22003": "Numeric value out of range",
    "22007": "Invalid datetime format",
    "23000": "Integrity constraint violation",
    "01000": "Warning",
    "HY000": "General error",
}


class Obj(dict):
    """A dict that is a JSON object even when it is empty (a PHP stdClass)."""


class Raw(str):
    """A body that is sent as it is (an `echo` on the real server)."""


# --- JSON ------------------------------------------------------------------------------------------------------------


def _no_constant(name: str) -> t.NoReturn:
    raise ValueError(name)


def json_decode(text: str | bytes) -> t.Any:
    """PHP's json_decode(text, true): None for anything that is not JSON (NaN, a byte order mark and broken UTF-8 included)."""
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8")
        value = json.loads(text, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate is an error in PHP
    except (ValueError, RecursionError):
        return None
    return value


def export(value: t.Any) -> t.Any:
    """Shape arrays as PHP's json_encode does: no keys or keys 0..n-1 in order give a list, everything else an object."""
    if isinstance(value, dict):
        if not isinstance(value, Obj) and all(str(key) == str(i) for i, key in enumerate(value)):
            return [export(item) for item in value.values()]
        return {str(key): export(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [export(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def json_compact(value: t.Any) -> str:
    """json_encode without flags: the bodies of add, edit and delete (facts-server 1.4)."""
    return json.dumps(export(value), separators=(",", ":")).replace("/", "\\/")


def json_pretty(value: t.Any) -> str:
    """json_encode with JSON_PRETTY_PRINT and JSON_UNESCAPED_UNICODE: the bodies of get and search (facts-server 1.4)."""
    text = json.dumps(export(value), indent=4, ensure_ascii=False).replace("/", "\\/")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


# --- casts and tests ---------------------------------------------------------------------------------------------------


def string(value: t.Any) -> str:
    """A (string) cast; arrays become "Array" (facts-server 1.6)."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, float):
        if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
            return str(int(value))
        # 14 digits, and an exponent as in 1.0E+25
        mantissa, exponent, power = ("%.14G" % value).partition("E")
        return "%s%sE%+d" % (mantissa, "" if "." in mantissa else ".0", int(power)) if exponent else mantissa
    if isinstance(value, (dict, list, tuple)):
        return "Array"
    return str(value)


def arg(value: t.Any) -> str:
    """A value given to a PHP function that wants a string (trim, strtolower, preg_match ...): an array is an exception."""
    if isinstance(value, (dict, list, tuple)):
        raise PhpException("Argument must be of type string, array given")
    return string(value)


_NUMBER = re.compile(r"[ \t\n\r\v\f]*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)")


def intval(value: t.Any) -> int:
    """PHP's intval: leading number of a text, 0 for other texts, 1 for a non-empty array."""
    if value is None:
        return 0
    if isinstance(value, (dict, list, tuple)):
        return 1 if value else 0
    if isinstance(value, str):
        match = _NUMBER.match(value)
        if not match:
            return 0
        number = match.group(1)
        value = float(number) if re.search(r"[.eE]", number) else int(number)
    if isinstance(value, float) and not math.isfinite(value):
        return 0
    return max(-(2**63), min(2**63 - 1, int(value)))


def empty(value: t.Any) -> bool:
    """PHP's empty() of a value: "", "0", 0, null, false, []."""
    return value in ("", "0") if isinstance(value, str) else not value


def isset(data: t.Any, key: str) -> bool:
    """isset($data[key]): there, and not null."""
    return isinstance(data, dict) and data.get(key) is not None


def array(value: t.Any) -> list[t.Any]:
    """The values of an (array) cast: null is no value, a scalar is one."""
    if value is None:
        return []
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, (list, tuple)) else [value]


def is_array(value: t.Any) -> bool:
    return isinstance(value, (dict, list, tuple))


def is_numeric(value: t.Any) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return True
    return isinstance(value, str) and bool(re.fullmatch(_NUMBER.pattern + r"[ \t\n\r\v\f]*", value))


def equals(left: t.Any, right: t.Any) -> bool:
    """PHP 8's loose == for scalars and null."""
    if isinstance(left, bool) or isinstance(right, bool) or left is None or right is None:
        if left is None and isinstance(right, str):
            return right == ""
        if right is None and isinstance(left, str):
            return left == ""
        return empty(left) == empty(right)
    if is_array(left) or is_array(right):
        return left == right
    if is_numeric(left) and is_numeric(right):
        return float(left) == float(right)
    return string(left) == string(right)


def valid_int(value: t.Any, lowest: int, highest: int) -> bool:
    """filter_var(value, FILTER_VALIDATE_INT) with a range: plain decimal, blanks around it, no leading zeros."""
    if is_array(value):
        return False
    text = string(value).strip(" \t\n\r\v")
    return bool(re.fullmatch(r"[+-]?(?:0|[1-9][0-9]*)", text)) and lowest <= int(text) <= highest


def valid_bool(value: t.Any) -> bool:
    """filter_var(value, FILTER_VALIDATE_BOOL): what it takes for true."""
    return not is_array(value) and string(value).strip(" \t\n\r\v").lower() in ("1", "true", "on", "yes")


def in_array(needle: t.Any, values: t.Iterable[t.Any]) -> bool:
    return any(equals(needle, value) for value in values)


def trim(value: t.Any) -> str:
    return arg(value).strip(" \t\n\r\0\x0b")


def strtolower(value: t.Any) -> str:
    """ASCII only, as since PHP 8.2."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in arg(value))


def split(value: t.Any) -> list[str]:
    """SPLIT (facts-server, "Conventions"): on blank, comma, semicolon or line feed; pieces trimmed, empty ones kept."""
    return [trim(piece) for piece in re.split(r"[ ,;\n]", arg(value))]


def htmlspecialchars(value: t.Any) -> str:
    return html.escape(arg(value)).replace("&#x27;", "&#039;")


def ctype_alnum(value: t.Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[A-Za-z0-9]+", value))


def array_key(text: str) -> int | str:
    """A text as key of an array: a plain decimal number becomes one."""
    return int(text) if re.fullmatch(r"0|-?[1-9][0-9]{0,17}", text) else text


def array_filter(value: t.Any) -> dict[str, t.Any]:
    """array_filter without a function: what is not empty, under its key."""
    items = value.items() if isinstance(value, dict) else enumerate(array(value))
    return {str(key): item for key, item in items if not empty(item)}


def _natural(left: str, right: str) -> int:
    """strnatcmp: runs of digits as numbers (digit by digit where one starts with 0), the rest by character; no blanks."""
    if not left or not right:
        return len(left) - len(right)
    left, right = (re.sub("^0+(?=[0-9])", "", text) for text in (left, right))
    i = j = 0
    while True:
        while left[i : i + 1].isspace():
            i += 1
        while right[j : j + 1].isspace():
            j += 1
        one, other = (t.cast("re.Match[str]", re.compile("[0-9]*").match(*place)).group() for place in ((left, i), (right, j)))
        if one and other:
            if len(one) != len(other) and "0" not in (one[0], other[0]):
                return len(one) - len(other)
            if one != other:
                return 1 if one > other else -1
            i, j = i + len(one), j + len(other)
            if i == len(left) or j == len(right):
                return (i < len(left)) - (j < len(right))
        if left[i : i + 1] != right[j : j + 1]:
            return 1 if left[i : i + 1] > right[j : j + 1] else -1
        i, j = i + 1, j + 1
        if i >= len(left) or j >= len(right):
            return (i < len(left)) - (j < len(right))


def natsort(values: t.Iterable[str]) -> list[str]:
    """Natural order: 192.0.2.9 before 192.0.2.10."""
    return sorted(values, key=functools.cmp_to_key(_natural))


# PCRE that Python words otherwise or does not have -> something that compiles just as well
_PCRE: tuple[tuple[str, t.Any], ...] = (
    (r"\\Q(.*?)(?:\\E|$)", lambda match: re.escape(match.group(1))),
    (r"\[:\^?\w+:\]", "a"),
    (r"\(\?[imsxnUJ-]+\)", ""),
    (r"\(\?(?:<|')(\w+)[>']", r"(?P<\1>"),
    (r"\(\?\|", "(?:"),
    (r"\\[pP](?:\{\^?\w+\}|\w)|\\[hHRXNV]", r"\\w"),
    (r"\\x\{[0-9A-Fa-f]+\}|\\[^\W\d_AbBdDfnrsStvwWZ]", "a"),  # an unknown letter is itself
)


def is_valid_regex(value: t.Any) -> bool:
    """Whether preg_match takes the pattern: delimiters, modifiers, and (nearly) what Python compiles between them."""
    text = arg(value).lstrip(" \t\n\r\v\f")
    if not text or text[0] == "\\" or (text[0].isascii() and text[0].isalnum()):
        return False
    opening, closing = text[0], {"(": ")", "[": "]", "{": "}", "<": ">"}.get(text[0], text[0])
    depth, position = 1, 1
    while position < len(text):
        if text[position] == closing:
            depth -= 1
            if not depth:
                break
        elif text[position] == opening:
            depth += 1
        position += 2 if text[position] == "\\" else 1
    if depth or not re.fullmatch(r"[imsxnuADSUXJ \r\n]*", text[position + 1 :]):
        return False
    pattern = text[1:position]
    for pcre, python in _PCRE:
        pattern = re.sub(pcre, python, pattern, flags=re.S)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            re.compile(pattern)
    except re.error:
        return False
    return True


# --- names and addresses -------------------------------------------------------------------------------------------------

_ATEXT = r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+"
_QUOTED = r'"(?:[\x01-\x08\x0b\x0c\x0e-\x1f!#-\[\]-\x7f]|\\[\x00-\x7f])*"'
_LOCAL = re.compile(r"(?:%s|%s)(?:\.(?:%s|%s))*" % (_ATEXT, _QUOTED, _ATEXT, _QUOTED))
_MAIL_DOMAIN = re.compile(r"(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+(?:[a-z][a-z0-9]*|xn--[a-z0-9]+)(?:-+[a-z0-9]+)*", re.I)


def is_valid_email(value: t.Any) -> bool:
    """filter_var(value, FILTER_VALIDATE_EMAIL): dotted domain or [IP], local part <= 64, ASCII only (facts-mailboxes 21)."""
    if is_array(value):
        return False
    text = string(value)
    local, at, domain = text.rpartition("@")
    if not at or len(text) > 254 or len(local) > 64 or not _LOCAL.fullmatch(local):
        return False
    if domain.startswith("[") and domain.endswith("]"):
        address = domain[1:-1]
        return is_ip(address[5:], 6) if address.lower().startswith("ipv6:") else is_ip(address, 4)
    return bool(_MAIL_DOMAIN.fullmatch(domain)) and max(map(len, domain.split("."))) <= 63


def is_ip(value: t.Any, version: int | None = None) -> bool:
    """filter_var(value, FILTER_VALIDATE_IP)."""
    if is_array(value):
        return False
    try:
        address = ip_address(string(value))
    except ValueError:
        return False
    return "%" not in str(address) and version in (None, address.version)


def is_public_ip(value: t.Any) -> bool:
    """FILTER_VALIDATE_IP without private and reserved ranges; documentation networks count as public in PHP."""
    if not is_ip(value):
        return False
    address = ip_address(string(value))
    private = (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "0.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "240.0.0.0/4",
        "fc00::/7",
        "fe80::/10",
        "::/128",
        "::1/128",
        "5f00::/8",
        "3ff3::/16",
        "2001:10::/28",
        "::ffff:0:0/96",
    )
    return not any(address in ip_network(network) for network in private if ip_network(network).version == address.version)


def valid_network(value: t.Any) -> bool:
    """An address, or a network with a prefix length (host bits may be set)."""
    if is_ip(value):
        return True
    parts = arg(value).split("/")
    if len(parts) != 2 or not re.fullmatch(r"[0-9]+", parts[1]):
        return False
    return (is_ip(parts[0], 4) and int(parts[1]) <= 32) or (is_ip(parts[0], 6) and int(parts[1]) <= 128)


def valid_hostname(value: t.Any) -> bool:
    """filter_var(value, FILTER_VALIDATE_DOMAIN, FILTER_FLAG_HOSTNAME)."""
    if is_array(value):
        return False
    text = string(value).removesuffix(".")
    return 0 < len(text) <= 253 and all(
        len(label) <= 63 and re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?", label) for label in text.split(".")
    )


def idn_to_ascii(value: t.Any) -> str | t.Literal[False]:
    """idn_to_ascii(value, 0, UTS46): lower case and punycode; False where a label is empty, too long or badly hyphenated.

    Transitional here (facts-mailboxes 0.4), which is what Python's "idna" codec gives. Blanks and `_` pass.
    """
    text = arg(value)
    if not text:
        return False
    labels = []
    parts = re.split(r"[.\u3002\uff0e\uff61]", text)
    for position, label in enumerate(parts):
        if not label:
            if position == len(parts) - 1 and position > 0:
                labels.append("")
                continue
            return False
        mapped = label.lower()
        try:
            if not label.isascii():
                mapped = nameprep(label)
                label = label.encode("idna").decode("ascii")
            elif mapped.startswith("xn--"):
                mapped.encode("ascii").decode("idna")  # fails where it would not be written like that
        except UnicodeError:
            return False
        hyphens = mapped.startswith("-") or mapped.endswith("-") or (mapped[2:4] == "--" and not mapped.startswith("xn--"))
        if hyphens or len(label) > 63:
            return False
        labels.append(label.lower())
    result = ".".join(labels)
    return result if len(result.removesuffix(".")) <= 253 else False


def idn_to_utf8(value: t.Any) -> str | t.Literal[False]:
    text = arg(value)
    if not text:
        return False
    labels = []
    for label in text.split("."):
        if label.lower().startswith("xn--"):
            with contextlib.suppress(UnicodeError):
                label = label[4:].encode("ascii").decode("punycode")
        labels.append(label.lower())
    return ".".join(labels)


def is_valid_domain_name(value: t.Any, wildcard: bool = False) -> bool:
    """mailcow's own check: letters, digits and inner hyphens after IDN conversion; a dot is not needed (facts-server 2)."""
    if empty(value):
        return False
    name = idn_to_ascii(value)
    if name is False:
        return False
    if wildcard:
        name = name.removeprefix("*.")
    return (
        bool(re.fullmatch(r"[a-z\d](-*[a-z\d])*(\.[a-z\d](-*[a-z\d])*)*", name, re.I))
        and all(len(label) <= 63 for label in name.split("."))
        and len(name) <= 253
    )


def ip_allowed(address: str, networks: t.Iterable[str]) -> bool:
    """mailcow's address list of an API key: exact addresses and networks; an empty list allows nobody (facts-server 1.3)."""
    remote = ip_address(address)
    for network in networks:
        try:
            if remote in ip_network(network, strict=False):
                return True
        except ValueError:
            continue
    return False


def valid_origin(value: t.Any) -> bool:
    """A browser's Origin: scheme://host[:port] and nothing else (facts-server 23)."""
    text = arg(value)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    if parts.scheme.lower() not in ("http", "https") or not host or parts.username is not None:
        return False
    if not valid_hostname(host) and not is_ip(host):
        return False
    shown = "[%s]" % host if ":" in host else host
    return text.lower() == "%s://%s%s" % (parts.scheme.lower(), shown.lower(), "" if port is None else ":%d" % port)


def greater(left: t.Any, right: t.Any) -> bool:
    """PHP 8's >: as truth values where one is a bool, as numbers where both are numeric, else as texts."""
    if isinstance(left, bool) or isinstance(right, bool):
        return empty(right) and not empty(left)
    if is_numeric(left) and is_numeric(right):
        return float(left) > float(right)
    return string(left) > string(right)
