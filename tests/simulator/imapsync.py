# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs of sync jobs, as imapsync_runner.pl makes them every minute: one at a time, in the order of their last runs (facts-mailboxes 15.1).

Only those whose account is planted run; without one, jobs stay as they are. Time passes when somebody lists them: the run that was under
way ends, and the next one begins, so that nobody has to wait.
"""

from __future__ import annotations

import datetime
import typing as t

from .db import Database, now

BEGIN = """Host1: IMAP server [{host1}] port [{port1}] user [{user1}]
Host2: IMAP server [localhost] port [143] user [{user2}]
"""
STATISTICS = """++++ Statistics
Transfer time                           : 2.0 sec
Folders synced                          : {done}/{folders} synced
Messages transferred                    : {transferred}
Messages skipped                        : {skipped}
Messages found in host1 not in host2    : {missing} messages
Messages found in host2 not in host1    : 0 messages
Total bytes transferred                 : {bytes} ({bytes} B)
{looks}
Detected {errors} errors

"""
GOOD = "The sync looks good, all {messages} identified messages in host1 are on host2."
BAD = "The sync is not finished, there are {missing} among {messages} identified messages in host1 that are not on host2."
LISTING = "++++ Listing {errors} errors encountered during the sync ( avoid this listing with --noerrorsdump ).\n{listed}"
# How it goes with an account -> exit value and its name, one line of imapsync about it, and whether messages were transferred before it.
FATES: dict[str, tuple[int, str, str, bool]] = {
    "password": (
        161,
        "EXIT_AUTHENTICATION_FAILURE_USER1",
        "Host1 failure: Error login on [{host1}] with user [{user1}] auth [PLAIN]: 2 NO [AUTHENTICATIONFAILED] Authentication failed.",
        False,
    ),
    "tls": (12, "EXIT_TLS_FAILURE", "Host1 failure: Can not go to tls encryption on host1 [{host1}]: SSL connect attempt failed", False),
    "connection": (
        101,
        "EXIT_CONNECTION_FAILURE_HOST1",
        "Host1 failure: can not open imap connection on host1 [{host1}] with user [{user1}]: Unable to connect to {host1}",
        False,
    ),
    "quota": (
        113,
        "EXIT_OVERQUOTA",
        "- msg INBOX/7 {{5505}} could not append ( Subject:[A secret], Date:[], Size:[5505], Flags:[] ) to folder INBOX: "
        "9 NO [OVERQUOTA] Quota exceeded (mailbox for user is full)",
        True,
    ),
    "folder": (117, "EXIT_ERR_SELECT", "Host1 folder Old/Gone: Could not select: 7 NO Mailbox doesn't exist: Old/Gone", True),
}


class Accounts:
    """The accounts on other servers, by the name of the user: how it goes there (`ok`, `hang`, or one of FATES), messages and folders."""

    def __init__(self) -> None:
        self.planted: dict[str, tuple[str, int, int]] = {}
        self._last = ""
        self._fetched: dict[int, int] = {}

    def plant(self, command: str) -> None:
        """`USER FATE MESSAGES FOLDERS`: an account, in place of what it was. Raises ValueError for a fate that there is not."""
        user, fate, messages, folders = command.split()
        if fate not in ("ok", "hang", *FATES):
            raise ValueError("it goes %s with an account, not %r" % (" or ".join(["ok", "hang", *FATES]), fate))
        self.planted[user] = (fate, int(messages), int(folders))

    def pass_time(self, db: Database) -> None:
        """Bring the run that is under way to its end, unless it hangs, and begin that of the next job that is due."""
        if not self.planted:
            return
        for row in db.all("SELECT * FROM imapsync WHERE is_running = 1"):
            fate, messages, folders = self.planted.get(row["user1"], ("hang", 0, 0))
            if fate == "hang":
                return
            db.update("imapsync", self._ended(row, fate, messages, folders), id=row["id"])
        for row in db.all("SELECT * FROM imapsync WHERE active = 1 AND is_running = 0 ORDER BY last_run, id"):
            if row["user1"] in self.planted and _is_due(row):
                db.update("imapsync", {"is_running": 1, "success": None, "exit_status": None}, id=row["id"])
                return

    def _ended(self, row: dict[str, t.Any], fate: str, messages: int, folders: int) -> dict[str, t.Any]:
        """The columns after a run."""
        value, name, line, some = FATES.get(fate, (0, "EX_OK: successful termination", "", True))
        there = self._fetched.get(row["id"], 0)
        fetched = max(messages - there - (1 if line else 0), 0) if some else 0
        self._fetched[row["id"]] = there + fetched
        missing = max(messages - there - fetched, 0)
        errors = 1 if line else 0
        text = BEGIN
        if some:
            looks = (BAD if missing else GOOD).format(missing=missing, messages=messages)
            text += STATISTICS.replace("{looks}", looks).replace("{errors}", str(errors))
            text = text.replace("{done}", str(folders - errors))
        text += LISTING.replace("{listed}", "Err 1/1: %s\n" % line).replace("{errors}", "1") if line else ""
        text += "Exiting with return value {value} ({name}) {errors}/50 nb_errors/max_errors PID 301\n"
        log = text.format(
            **row,
            value=value,
            name=name,
            errors=errors,
            folders=folders,
            transferred=fetched,
            skipped=there,
            missing=missing,
            bytes=fetched * 1000,
        )
        # Two runs of one job take more than a second on a real server.
        self._last = max(now(), _later(self._last))
        return {
            "is_running": 0, "success": int(not value), "exit_status": name.partition(":")[0], "returned_text": log, "last_run": self._last,
        }  # fmt: skip


def _later(stamp: str) -> str:
    return str(datetime.datetime.fromisoformat(stamp) + datetime.timedelta(seconds=1)) if stamp else ""


def _is_due(row: dict[str, t.Any]) -> bool:
    if row["last_run"] is None:
        return True
    return now(-datetime.timedelta(minutes=row["mins_interval"])) > row["last_run"]
