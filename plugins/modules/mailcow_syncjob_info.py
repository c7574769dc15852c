#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_syncjob_info
short_description: List sync jobs
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the sync jobs of a mailcow server, those of some domains or of one mailbox, or get one of them.
  - The logs of their runs are not returned. M(community.mailcow.mailcow_syncjob_run) summarizes the last one.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  username:
    description:
      - Address of the only mailbox whose sync jobs to list. Case makes no difference.
        An international domain may be given in Unicode or in punycode.
        The list is empty if there is no such mailbox.
    type: str
  host1:
    description:
      - Only list sync jobs that fetch from this server. Case makes no difference.
    type: str
  user1:
    description:
      - Only list sync jobs for this user of the other server. Case makes no difference.
    type: str
  id:
    description:
      - Only get the sync job with this ID.
    type: int
  domains:
    description:
      - Names of the domains of the mailboxes. Names that do not exist in mailcow are ignored. International ones may be given in
        Unicode or in punycode.
      - If this and O(username) are omitted, those of all mailboxes are listed.
    type: list
    elements: str
  show_secrets:
    description:
      - Whether to return RV(syncjobs[].password1). If so, set C(no_log) on the task.
    type: bool
    default: false
seealso:
  - module: community.mailcow.mailcow_syncjob
  - module: community.mailcow.mailcow_syncjob_run
"""

EXAMPLES = r"""
- name: List all sync jobs
  community.mailcow.mailcow_syncjob_info:
  register: result

- name: Show those whose last run failed
  ansible.builtin.debug:
    msg: "{{ item.username }} from {{ item.host1 }}: {{ item.status.exit_status }}"
  loop: "{{ result.syncjobs | selectattr('status.success', 'eq', 0) }}"
  loop_control:
    label: "{{ item.status.id }}"

- name: List those of one mailbox, with their passwords
  community.mailcow.mailcow_syncjob_info:
    username: jane@example.com
    show_secrets: true
  register: result
  no_log: true
"""

RETURN = r"""
syncjobs:
  description:
    - The sync jobs, each with the names and units of the options of M(community.mailcow.mailcow_syncjob), and with
      RV(syncjobs[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    username:
      description: Address of the mailbox into which the mail is fetched. International domains in punycode.
      returned: success
      type: str
      sample: jane@example.com
    host1:
      description: Name of the server to fetch from, in lower case.
      returned: success
      type: str
      sample: imap.example.net
    port1:
      description: Its port.
      returned: success
      type: int
      sample: 993
    user1:
      description: User name on that server.
      returned: success
      type: str
      sample: jane
    enc1:
      description: How the connection is encrypted.
      returned: success
      type: str
      sample: SSL
    mins_interval:
      description: Minutes from the end of a run until the next one is due.
      returned: success
      type: int
      sample: 20
    exclude:
      description: Regular expression for the folders to skip.
      returned: success
      type: str
      sample: (?i)spam|(?i)junk
    subfolder2:
      description: Folder of the mailbox into which all folders are fetched.
      returned: success
      type: str
      sample: External
    maxage:
      description: Maximum age in days of messages to fetch. 0 means no limit.
      returned: success
      type: int
      sample: 0
    maxbytespersecond:
      description: Maximum bytes per second. 0 means no limit.
      returned: success
      type: int
      sample: 0
    timeout1:
      description: Seconds to wait for a response of the other server.
      returned: success
      type: int
      sample: 600
    timeout2:
      description: Seconds to wait for a response of the mailcow server.
      returned: success
      type: int
      sample: 600
    delete2duplicates:
      description: Whether to delete duplicate messages in a folder of the mailbox.
      returned: success
      type: bool
      sample: false
    delete1:
      description: Whether to delete messages on the other server after they have been fetched.
      returned: success
      type: bool
      sample: false
    delete2:
      description: Whether to delete messages in the mailbox that are not on the other server.
      returned: success
      type: bool
      sample: false
    automap:
      description: Whether to map folders with a special use, for example C(Sent Items) of the other server to C(Sent) in the mailbox.
      returned: success
      type: bool
      sample: false
    skipcrossduplicates:
      description: Whether to skip messages that have already been found in another folder.
      returned: success
      type: bool
      sample: false
    subscribeall:
      description: Whether to subscribe to all fetched folders in the mailbox.
      returned: success
      type: bool
      sample: false
    dry:
      description: Whether to only simulate the run, without fetching anything.
      returned: success
      type: bool
      sample: false
    custom_params:
      description: Further arguments of imapsync.
      returned: success
      type: str
      sample: --skipemptyfolders
    active:
      description: Whether the sync job runs.
      returned: success
      type: bool
      sample: true
    password1:
      description: Password of the user on the other server.
      returned: if O(show_secrets=true)
      type: str
      sample: correct-horse-battery
    status:
      description: Read-only values of the sync job.
      returned: success
      type: dict
      contains:
        id:
          description:
            - ID of the sync job on the server, the value of the option O(community.mailcow.mailcow_syncjob#module:id).
          returned: success
          type: int
          sample: 7
        created:
          description: When the sync job was created, in the server's time zone and format.
          returned: success
          type: str
          sample: "2026-03-01 09:30:00"
        modified:
          description: When the sync job was last changed, in the same format. V(null) if it never was.
          returned: success
          type: str
          sample: "2026-03-02 17:05:41"
        last_run:
          description: When its last run ended, in the same format. V(null) if it never ran.
          returned: success
          type: str
          sample: "2026-03-02 17:00:12"
        exit_status:
          description: Exit status of the last run, as imapsync names it. V(null) if unknown.
          returned: success
          type: str
          sample: EX_OK
        success:
          description: Whether the last run succeeded, 1 or 0. V(null) if there was none, and during a run.
          returned: success
          type: int
          sample: 1
        is_running:
          description: Whether it is running now.
          returned: success
          type: bool
          sample: false
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/domain/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.syncjob import SYNCJOB
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(SYNCJOB))


if __name__ == "__main__":
    main()
