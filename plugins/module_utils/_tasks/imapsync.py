# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Evaluates the log of a run of imapsync: counts, and a sentence about each problem (facts-mailboxes 15.1).

The result repeats only names of folders from the log, because it contains subjects of messages.
"""

from __future__ import annotations

import re
from typing import Any

# The statistics at the end of the log.
_COUNTS = {
    "transferred": re.compile(r"^Messages transferred +: (\d+)", re.MULTILINE),
    "missing": re.compile(r"^Messages found in host1 not in host2 +: (\d+)", re.MULTILINE),
    "folders": re.compile(r"^Folders synced +: (\d+)/\d+ synced", re.MULTILINE),
    "folders_found": re.compile(r"^Folders synced +: \d+/(\d+) synced", re.MULTILINE),
    "bytes": re.compile(r"^Total bytes transferred +: (\d+)", re.MULTILINE),
    "errors": re.compile(r"^Detected (\d+) errors", re.MULTILINE),
}
_IDENTIFIED = re.compile(r"^The sync (?:looks good, all|is not finished, there are \d+ among) (\d+) identified messages", re.MULTILINE)
# The errors of imapsync: a line of its log (the first that matches), the problem and the remedy, and the exit status of imapsync, which is
# used if no line matches. mailcow returns the name of this status (facts-mailboxes 15.1).
_PROBLEMS = (
    (
        r"Host1 failure: Error login on",
        "the old server rejects the user name or the password. Correct them in the list",
        ("EXIT_AUTHENTICATION_FAILURE", "EXIT_AUTHENTICATION_FAILURE_USER1"),
    ),
    (
        r"Host2 failure: Error login on",
        "mailcow rejected the login of imapsync. Check the log of Dovecot, and whether the mailbox is active",
        ("EXIT_AUTHENTICATION_FAILURE_USER2",),
    ),
    (
        r"Host1(?: failure)?: Can not go to tls encryption",
        "the TLS connection to the old server failed. Try another port and encryption, such as 993 with SSL, and check its certificate",
        ("EXIT_TLS_FAILURE",),
    ),
    (
        r"can not open imap connection on host1",
        "the old server cannot be reached. Check its hostname, the port, and firewalls",
        ("EXIT_CONNECTION_FAILURE", "EXIT_CONNECTION_FAILURE_HOST1"),
    ),
    (
        r"can not open imap connection on host2",
        "Dovecot of mailcow cannot be reached. Check that its container is running",
        ("EXIT_CONNECTION_FAILURE_HOST2",),
    ),
    (
        r"OVERQUOTA|Quota limit will be exceeded|full: it is time to find a bigger place",
        "the mailbox is full. Raise its quota; the next run copies the rest",
        ("EXIT_OVERQUOTA",),
    ),
    (r"could not append.*(?:maximum message size|Maximum size of appendable)", "a message is larger than mailcow accepts", ()),
    (r"could not append.*virus", "a message was rejected because it contains a virus", ()),
    (r"could not append", "a message could not be stored in the mailbox", ("EXIT_ERR_APPEND",)),
    (r"could not be fetched:", "a message could not be read from the old server", ("EXIT_ERR_FETCH",)),
    (r"could not add flags", "a flag of a message could not be set", ()),
    (r"Could not create folder \[([^]]*)\]", "the folder {0} could not be created. Exclude it, or rename it on the old server", ()),
    (r"folder (.+): Could not select:", "the folder {0} does not exist on the old server, or cannot be opened. Exclude it", ()),
    (r"subfolder1 (.+) does not exist", "the folder {0} does not exist on the old server", ()),
    (
        r"Maximum bytes transferred reached",
        "the limit of bytes per run was reached; the next run continues",
        ("EXIT_TRANSFER_EXCEEDED",),
    ),
)
_LINES = tuple((re.compile(pattern), sentence) for pattern, sentence, _ends in _PROBLEMS)
_ENDS = {end: sentence for _pattern, sentence, ends in _PROBLEMS for end in ends}
_LISTED = re.compile(r"^Err \d+/\d+: (.*)", re.MULTILINE)
_FAILED = re.compile(r"^.*(?: failure: |Could not |could not |does not exist|Maximum bytes transferred).*$", re.MULTILINE)
_NEVER_RAN = "Could not start or finish imapsync"


def read_run(log: str, exit_status: str | None, success: bool) -> dict[str, Any]:
    """Give the result of a run. Counts are None if the log, which ends early after some errors, does not have them.

    ``messages``: in the old account; ``transferred``: in this run; ``missing``: of the old account and not in the mailbox; ``folders``:
    done, of ``folders_found``; ``bytes``: transferred in this run; ``errors``: how many there were; ``problems``: each sort of them.
    """
    counts = {name: int(found[1]) if (found := pattern.search(log)) else None for name, pattern in _COUNTS.items()}
    identified = _IDENTIFIED.search(log)
    # If the old account has no messages, imapsync's log has no such line.
    messages = int(identified[1]) if identified else 0 if counts["missing"] == 0 else None
    problems = [] if success else _problems(log, exit_status)
    return dict(counts, messages=messages, problems=problems)


def _problems(log: str, exit_status: str | None) -> list[str]:
    """Give the problems of a failed run, each type once, the most frequent first."""
    found: dict[str, int] = {}
    for line in _LISTED.findall(log) or _FAILED.findall(log):
        sentence = _sentence(line)
        if sentence:
            found[sentence] = found.get(sentence, 0) + 1
    if found:
        return sorted(found, key=lambda sentence: -found[sentence])
    if exit_status in _ENDS:
        return [_ENDS[exit_status]]
    if _NEVER_RAN in log or not log:
        return ["mailcow could not start imapsync, or it was killed. Check the log of the container dovecot-mailcow"]
    return ["imapsync ended with %s. See its log in mailcow's web interface (sync jobs)" % (exit_status or "no error message")]


def _sentence(line: str) -> str:
    for pattern, sentence in _LINES:
        found = pattern.search(line)
        if found:
            return sentence.format(*found.groups())
    return ""
