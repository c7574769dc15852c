#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_syncjob_run
short_description: Run sync jobs now
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Run sync jobs now, some at a time, wait until each has run once, and tell what came of it, with every problem in plain words.
  - A job that has run with success is not run again. One whose last run failed is run once more by each task.
  - It is no failure if a job fails, has not run in time, or does not exist. See RV(jobs[].outcome).
  - A task that was interrupted or whose O(wait) was over can be given again, and goes on where it was.
  - Jobs are switched on for their run and off after it, so that they do not run by themselves afterwards. If they should, set
    O(community.mailcow.mailcow_syncjob#module:active).
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It runs nothing, and returns how the last run of each job went. It reports a change if there are jobs that would be run.
  diff_mode:
    support: none
  idempotent:
    support: partial
    details:
      - Not for jobs that fail, which are run again.
options:
  jobs:
    description: The sync jobs.
    type: list
    elements: dict
    required: true
    suboptions:
      username:
        description: Address of the mailbox that the mail is put into. Case makes no difference.
        type: str
        required: true
      host1:
        description: Name of the server that the job fetches from. Case makes no difference.
        type: str
        required: true
      user1:
        description: Name of the user there. Case makes no difference.
        type: str
        required: true
      after:
        description:
          - When it ran last before the run that is wanted, as in RV(jobs[].last_run). That run does not count, and there is another.
          - If this is omitted, any run counts.
        type: str
  at_once:
    description:
      - How many of the jobs are switched on at a time, at least 1 and at most 1000.
      - mailcow up to 2026-07a makes one run after another, however many jobs are switched on. With more than one it need not wait for this
        task in between.
    type: int
    default: 4
  wait:
    description:
      - Seconds to wait for all of them, at most 604800. A job that runs then goes on running; those that have not begun are switched off.
    type: int
    default: 3600
  interval:
    description: Seconds between two looks at the jobs, at most 3600. Each look is one request, however many jobs there are.
    type: int
    default: 10
notes:
  - mailcow looks for jobs to run every minute.
seealso:
  - module: community.mailcow.mailcow_syncjob
  - module: community.mailcow.mailcow_syncjob_info
"""

EXAMPLES = r"""
- name: Fetch the mail of two people and wait for it
  community.mailcow.mailcow_syncjob_run:
    jobs:
      - username: jane@example.com
        host1: imap.example.net
        user1: jane
      - username: joe@example.com
        host1: imap.example.net
        user1: joe
    wait: 7200
  register: result

- name: Say what came of it
  ansible.builtin.debug:
    msg: "{{ item.username }}: {{ item.outcome }}. {{ item.run.problems | default([]) | join('; ') }}"
  loop: "{{ result.jobs }}"
  loop_control:
    label: "{{ item.username }}"
"""

RETURN = r"""
jobs:
  description: The jobs, as they are in the end. In check mode, as they are now.
  returned: success
  type: list
  elements: dict
  contains:
    username:
      description: Address of the mailbox, in lower case.
      returned: success
      type: str
      sample: jane@example.com
    host1:
      description: Name of the server that the job fetches from, in lower case.
      returned: success
      type: str
      sample: imap.example.net
    user1:
      description: Name of the user there.
      returned: success
      type: str
      sample: jane
    outcome:
      description:
        - V(succeeded) or V(failed), of the last run.
        - V(running) when it was running still.
        - V(waiting) when it has not begun.
        - V(missing) when there is no such job.
      returned: success
      type: str
      sample: succeeded
    last_run:
      description: When the last run ended, in the server's time zone and format. V(null) if there was none.
      returned: success
      type: str
      sample: "2026-03-02 17:00:12"
    exit_status:
      description: How the last run ended, in the words of imapsync. V(null) if that is not known.
      returned: success
      type: str
      sample: EX_OK
    run:
      description:
        - What the log of imapsync says about the last run. V(null) if there was none.
        - Its counts are V(null) where the log does not have them, because the run ended early.
      returned: success
      type: dict
      contains:
        messages:
          description: Number of messages in the old account.
          returned: success
          type: int
          sample: 1745
        transferred:
          description: Number of messages that were transferred in this run.
          returned: success
          type: int
          sample: 12
        missing:
          description: Number of messages of the old account that the mailbox does not have.
          returned: success
          type: int
          sample: 0
        folders:
          description: Number of folders that were transferred.
          returned: success
          type: int
          sample: 9
        folders_found:
          description: Number of folders to transfer.
          returned: success
          type: int
          sample: 9
        bytes:
          description: Number of bytes that were transferred in this run.
          returned: success
          type: int
          sample: 350201
        errors:
          description: Number of errors in this run.
          returned: success
          type: int
          sample: 0
        problems:
          description: Each sort of problem in a sentence that says what to do, the most frequent first. Empty if the run succeeded.
          returned: success
          type: list
          elements: str
          sample:
            - the old server rejects the user name or the password. Correct them in the list
request:
  description:
    - The request that failed.
    - V(null) when it was not about a single request, for example for a value that is no address.
  returned: on failure
  type: str
  sample: POST edit/syncjob
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.syncjob_run import SYNCJOB_RUN


def main() -> None:
    run(SYNCJOB_RUN)


if __name__ == "__main__":
    main()
