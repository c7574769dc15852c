# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sync jobs: fetching mail from another server by imapsync (facts-mailboxes 15). Passwords are logged as they are."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get

FLAGS = ("active", "subscribeall", "delete2duplicates", "delete1", "delete2", "skipcrossduplicates", "automap", "dry")
ENCRYPTIONS = ("TLS", "SSL", "PLAIN")
# name -> largest value, and what is stored instead of a value that is not between 1 and that
LIMITS = {"maxage": (32000, "0"), "timeout1": (32000, "600"), "timeout2": (32000, "600"), "maxbytespersecond": (125000000, "0")}

# imapsync's options that are allowed in custom_params; the first ones exist for both sides, with a 1 or 2 behind
_BOTH = """authmech authmd5 authuser debugimap domain domino exchange gmail keepalive noabletosearch noexpunge nossl notls
oauthaccesstoken oauthdirect office prefix proxyauth search sep sslargs"""
_OTHERS = """abort debug debugcontent debugcrossduplicates debugflags debugfolders debugimap debugmemory debugssl delete1emptyfolders
delete2folders disarmreadreceipts dry errorsmax exitwhenover expunge1 f1f2 filterbuggyflags folder folderfirst folderlast folderrec
idatefromheader include inet4 inet6 justconnect justfolders justfoldersizes justlogin log logdir logfile maxbytesafter maxlinelength
maxmessagespersecond maxsize maxsleep minage minsize noabletosearch nofoldersizesatend noid nolog nomixfolders noresyncflags nosyncacls
nouidexpunge2 nousecache pidfile pidfilelocking resyncflags resynclabels search showpasswords skipemptyfolders ssl2 subfolder1 subscribe
subscribed syncacls syncduplicates syncinternaldates synclabels tests testslive testslive6 tls2 truncmess usecache useheader useuid"""
OPTIONS = {*_OTHERS.split(), *(name + digit for name in _BOTH.split() for digit in "12")}


def shown(row: dict[str, t.Any], options: list[str]) -> dict[str, t.Any]:
    """What get/syncjobs shows; `no_log` wins over `with_password`."""
    data = dict(row)
    log = data.pop("returned_text")
    data["log"] = "" if php.empty(log) or "no_log" in options else log
    if "with_password" not in options or "no_log" in options:
        del data["password1"]
    return data


def details(call: Call, wanted: t.Any) -> dict[str, t.Any] | None:
    """A row by its id, with the password."""
    row = call.db.get("imapsync", id=number(wanted)) if php.is_numeric(wanted) else None
    return row if row is not None and call.has_mailbox(row["user2"]) else None


@get("syncjobs", "all")
def read_all(call: Call) -> t.Any:
    """Domain by domain and mailbox by mailbox; those of resources are not found."""
    call.state.accounts.pass_time(call.db)
    rows = call.db.all("""SELECT imapsync.* FROM imapsync JOIN mailbox ON username = user2
                       WHERE kind = '' AND domain IN (SELECT domain FROM domain) ORDER BY domain, username, imapsync.id""")
    return [shown(row, (call.extra or "").split(",")) for row in rows]


@get("syncjobs")
def read(call: Call) -> t.Any:
    if not php.is_valid_email(call.object) or not call.has_mailbox(call.object):
        return None
    rows = call.db.all("SELECT * FROM imapsync WHERE user2 = ? ORDER BY id", call.object)
    return [shown(row, (call.extra or "").split(",")) for row in rows]


def _bad_option(params: str) -> str | None:
    """What is wrong with custom_params, which the server splits at every hyphen."""
    for param in params.split("-"):
        if php.empty(param):
            continue
        name = param.partition("=")[0] if "=" in param else param.rstrip(" ")
        if " " in name:
            return "bad character SPACE"
        if php.strtolower(name) not in OPTIONS:
            return "bad option " + name
    return None


def _limited(values: dict[str, t.Any]) -> None:
    """Put the values in place that are stored for missing or unusable ones."""
    if php.empty(values["subfolder2"]):
        values["subfolder2"] = ""
    for name, (largest, default) in LIMITS.items():
        if not php.valid_int(values[name], 1, largest):
            values[name] = default


def _acceptable(values: dict[str, t.Any], check_host: bool) -> bool:
    """add/syncjob takes any host, edit/syncjob does not."""
    return (
        php.valid_int(values["port1"], 1, 65535)
        and php.valid_int(values["mins_interval"], 1, 43800)
        and (not check_host or php.is_valid_domain_name(values["host1"]))
        and php.in_array(values["enc1"], ENCRYPTIONS)
        and php.is_valid_regex("/%s/" % php.string(values["exclude"]))
    )


@add("syncjob", log=("mailbox", "add", "syncjob", DATA, None), mask=("password", "password2"))
def create(call: Call) -> t.Any:
    body = call.body
    username = body.get("username")
    if not php.is_valid_email(username):
        return call.danger("no_user_defined")
    if not call.has_mailbox(username):
        return call.danger("access_denied")
    values: dict[str, t.Any] = {name: php.intval(body.get(name)) for name in (*FLAGS, "timeout1", "timeout2")}
    for name in ("port1", "password1", "exclude", "maxage", "maxbytespersecond", "subfolder2", "user1", "mins_interval", "enc1"):
        values[name] = body.get(name)
    values["host1"] = php.strtolower(body.get("host1"))
    params = php.trim(body.get("custom_params"))
    values["custom_params"] = "" if php.empty(params) else params
    problem = _bad_option(values["custom_params"])
    if problem is not None:
        return call.danger(problem)
    _limited(values)
    if not _acceptable(values, check_host=False):
        return call.danger("access_denied")
    if call.db.exists("imapsync", user2=username, user1=values["user1"], host1=values["host1"]):
        return call.danger(["object_exists", php.htmlspecialchars("%s / %s" % (values["host1"], php.string(values["user1"])))])
    call.db.insert("imapsync", values, user2=username, authmech1="PLAIN")
    return call.success(["mailbox_modified", username])


@edit("syncjob", key="id", log=("mailbox", "edit", "syncjob", DATA, None), mask=("password", "password2"))
def change(call: Call) -> t.Any:
    for item in call.items:
        now = details(call, item)
        if now is None:
            call.danger("access_denied")
            continue
        values = _changed(call.data, now)
        problem = _bad_option(php.arg(values["custom_params"]))
        if problem is not None:
            return call.danger(problem)
        _limited(values)
        if not _acceptable(values, check_host=True):
            call.danger("access_denied")
            continue
        call.db.update("imapsync", values, id=now["id"])
        call.success(["mailbox_modified", now["user2"]])
    return True


def _changed(data: dict[str, t.Any], now: dict[str, t.Any]) -> dict[str, t.Any]:
    """The row after the edit. Each field has its own idea of what counts as given."""
    values: dict[str, t.Any] = {}
    for name in FLAGS:
        values[name] = php.intval(data[name]) if php.isset(data, name) else now[name]
    for name in ("user1", "port1", "password1", "host1", "enc1", "mins_interval"):
        values[name] = now[name] if php.empty(data.get(name)) else data[name]
    for name in ("subfolder2", "exclude", "custom_params"):
        values[name] = data[name] if php.isset(data, name) else now[name]
    for name in LIMITS:
        given = php.isset(data, name) and not php.equals(data[name], "")
        values[name] = php.intval(data[name]) if given else now[name]
    for name in ("last_run", "success"):
        values[name] = None if php.isset(data, name) else now[name]
    return values


@delete("syncjob", key="id", log=("mailbox", "delete", "syncjob", DATA, None))
def remove(call: Call) -> t.Any:
    for item in call.items:
        if not php.is_numeric(item):
            return call.failed()
        row = call.db.get("imapsync", id=number(item))
        if row is None or not call.has_mailbox(row["user2"]):
            call.danger("access_denied")
            continue
        call.db.delete("imapsync", id=row["id"])
        call.success(["deleted_syncjob", item])
    return True
