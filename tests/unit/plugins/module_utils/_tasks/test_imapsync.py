# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is read out of imapsync's log (facts-mailboxes 15.1). The lines are those of imapsync 2.306, which mailcow has."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._tasks.imapsync import read_run

GOOD = """++++ Statistics
Transfer started on                     : Friday 27 November 2026-11-27 00:00:01 +0000 UTC
Transfer time                           : 2.0 sec
Folders synced                          : 9/9 synced
Messages transferred                    : 1700 \nMessages skipped                        : 45
Messages found in host1 not in host2    : 0 messages
Total bytes transferred                 : 350201 (341.993 KiB)
The sync looks good, all 1745 identified messages in host1 are on host2.
There is no unidentified message on host1.
Detected 0 errors

Exiting with return value 0 (EX_OK: successful termination) 0/50 nb_errors/max_errors PID 301
"""
APPEND = "- msg INBOX/%d {5505} could not append ( Subject:[The merger], Date:[], Size:[5505], Flags:[] ) to folder INBOX: %s"


def listed(*errors: str) -> str:
    """The end of a log with these errors."""
    return "".join(f"Err {number}/{len(errors)}: {error}\n" for number, error in enumerate(errors, 1))


def test_a_good_run() -> None:
    assert read_run(GOOD, "EX_OK", True) == {
        "messages": 1745, "transferred": 1700, "missing": 0, "folders": 9, "folders_found": 9, "bytes": 350201, "errors": 0, "problems": [],
    }  # fmt: skip


def test_an_empty_account() -> None:
    log = GOOD.replace("The sync looks good, all 1745 identified messages in host1 are on host2.\n", "")
    assert read_run(log, "EX_OK", True)["messages"] == 0


def test_what_is_missing() -> None:
    log = GOOD.replace("looks good, all 1745", "is not finished, there are 7 among 1745").replace("host2    : 0", "host2    : 7")
    run = read_run(log + listed(APPEND % (1, "9 NO [OVERQUOTA] Quota exceeded")), "EXIT_OVERQUOTA", False)
    assert (run["messages"], run["missing"]) == (1745, 7)
    assert run["problems"] == ["the mailbox is full. Raise its quota; the next run copies the rest"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Host1 failure: Error login on [o.example] with user [j] auth [PLAIN]: 2 NO Authentication failed.",
            "old server rejects the user",
        ),
        ("Host2 failure: Error login on [localhost] with user [j*m] auth [PLAIN]: 2 NO x", "mailcow rejected the login of imapsync"),
        ("Host1 failure: Can not go to tls encryption on host1 [o.example]: x", "TLS connection to the old server failed"),
        ("Host1 failure: can not open imap connection on host1 [o.example] with user [j]: x", "old server cannot be reached"),
        (
            "Host2 failure: can not open imap connection on host2 [localhost] with user [j]: x",
            "Dovecot of mailcow cannot be reached. Check that",
        ),
        (APPEND % (1, "9 NO Mailbox is full: it is time to find a bigger place"), "mailbox is full"),
        (APPEND % (1, "BAD maximum message size exceeded"), "larger than mailcow accepts"),
        (APPEND % (1, "276 NO Message refused because it contains a virus"), "contains a virus"),
        (APPEND % (1, "BAD Command Argument Error. 11"), "could not be stored"),
        ("- msg INBOX/3 could not be fetched: x", "could not be read from the old server"),
        (
            "Could not create folder [Old/Gone] from [Old.Gone]: 3 NO Invalid mailbox name",
            "the folder Old/Gone could not be created. Exclude",
        ),
        ("Host1 folder Old/Gone: Could not select: 7 NO Mailbox doesn't exist", "the folder Old/Gone does not exist"),
        ("subfolder1 Archive does not exist", "the folder Archive does not exist on the old server"),
    ],
)
def test_each_problem_in_plain_words(line: str, said: str) -> None:
    for log in (listed(line), f"Host1: some greeting\n{line}\n"):
        problems = read_run(log, "EXIT_CATCH_ALL", False)["problems"]
        assert len(problems) == 1
        assert said in problems[0]
        assert "merger" not in problems[0]


def test_the_most_frequent_first() -> None:
    log = listed("- msg INBOX/3 could not be fetched: x", *(APPEND % (number, "OVERQUOTA") for number in range(3)))
    assert [problem.split()[1] for problem in read_run(log, "EXIT_OVERQUOTA", False)["problems"]] == ["mailbox", "message"]


@pytest.mark.parametrize(
    ("log", "status", "said"),
    [
        ("", None, "mailcow could not start imapsync"),
        ("Could not start or finish imapsync", None, "mailcow could not start imapsync"),
        ("x", "EXIT_AUTHENTICATION_FAILURE_USER1", "the old server rejects the user name or the password"),
        ("x", "EXIT_TLS_FAILURE", "TLS connection to the old server failed"),
        ("x", "EXIT_CONNECTION_FAILURE_HOST2", "Dovecot of mailcow cannot be reached. Check that"),
        ("x", "EXIT_OVERQUOTA", "the mailbox is full"),
        ("x", "EXIT_ERR_APPEND", "could not be stored"),
        ("x", "EXIT_ERR_FETCH", "could not be read"),
        ("x", "EXIT_TRANSFER_EXCEEDED", "limit of bytes"),
        ("x", "EXIT_BY_SIGNAL", "imapsync ended with EXIT_BY_SIGNAL"),
        ("x", None, "no error message"),
    ],
)
def test_where_no_line_says_it(log: str, status: str | None, said: str) -> None:
    run = read_run(log, status, False)
    assert said in run["problems"][0]
    assert run["messages"] is None
