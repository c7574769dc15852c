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
  - Run sync jobs now, a few at a time, wait until each has run once, and return the results, with a plain explanation of each problem.
  - A job that has run successfully is not run again. A job whose last run failed is run again by each task.
  - The task does not fail if a job fails, has not run in time, or does not exist, see RV(jobs[].outcome).
  - If the task was interrupted, or O(wait) has elapsed, run it again to continue.
  - Jobs are activated for their run and deactivated afterwards, so they do not run again on their own. If they should, set
    O(community.mailcow.mailcow_syncjob#module:active).
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It runs nothing, and returns the result of the last run of each job. It reports a change if jobs would be run.
  diff_mode:
    support: none
  idempotent:
    support: partial
    details:
      - Not for failed jobs, which are run again.
options:
  jobs:
    description: The sync jobs.
    type: list
    elements: dict
    required: true
    suboptions:
      username:
        description: Address of the mailbox into which the mail is fetched. Case makes no difference.
        type: str
        required: true
      host1:
        description: Name of the server from which the job fetches. Case makes no difference.
        type: str
        required: true
      user1:
        description: User name on that server. Case makes no difference.
        type: str
        required: true
      after:
        description:
          - Time of an earlier run, as in RV(jobs[].last_run). That run does not count, so the job is run again.
          - If omitted, any run counts.
        type: str
  at_once:
    description:
      - Number of jobs that are active at the same time, from 1 to 1000.
      - Up to 2026-07a, mailcow runs one job after another, however many are active. With more than one, it does not have to wait for
        this task in between.
    type: int
    default: 4
  wait:
    description:
      - Seconds to wait for all jobs, at most 604800. After that, a running job continues, and those that have not begun are
        deactivated.
    type: int
    default: 3600
  interval:
    description: Seconds between two queries of the jobs, at most 3600. Each query is a single request for all jobs.
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
  description: The jobs as they are at the end. In check mode, as they are now.
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
      description: Name of the server from which the job fetches, in lower case.
      returned: success
      type: str
      sample: imap.example.net
    user1:
      description: User name on that server.
      returned: success
      type: str
      sample: jane
    outcome:
      description:
        - V(succeeded) or V(failed), of the last run.
        - V(running) if it was still running.
        - V(waiting) if it has not begun.
        - V(missing) if there is no such job.
      returned: success
      type: str
      sample: succeeded
    last_run:
      description: When the last run ended, in the server's time zone and format. V(null) if there was none.
      returned: success
      type: str
      sample: "2026-03-02 17:00:12"
    exit_status:
      description: Exit status of the last run, as imapsync names it. V(null) if unknown.
      returned: success
      type: str
      sample: EX_OK
    run:
      description:
        - Data of the last run from the log of imapsync. V(null) if there was none.
        - Counts are V(null) if the log does not contain them, because the run ended early.
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
          description: The types of problems, each as a sentence with a remedy, the most frequent first. Empty if the run succeeded.
          returned: success
          type: list
          elements: str
          sample:
            - the old server rejects the user name or the password. Correct them in the list
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST edit/syncjob
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
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
