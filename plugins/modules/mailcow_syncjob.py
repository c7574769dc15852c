#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_syncjob
short_description: Manage sync jobs
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete sync jobs of a mailcow server. A sync job regularly fetches the mail of an account on another IMAP server
    into a mailbox.
  - A sync job is identified by its mailbox O(username), O(host1) and O(user1). Case makes no difference. mailcow refuses to create a
    second one with the same values, but a change can lead to two. If there are several, the task fails and lists their IDs, and O(id)
    selects one of them.
  - Only specified options are managed. An omitted option is neither compared nor changed. Empty strings, V(0) and V(false) count as
    specified.
  - mailcow does not test the login. RV(status.success) and RV(status.exit_status) return the result of the last run.
    M(community.mailcow.mailcow_syncjob_run) runs a sync job immediately and explains its errors.
  - Every minute, mailcow looks for sync jobs that are due. Up to 2026-07a, it runs them one after another, beginning with the one that
    has waited longest. If one hangs, all others wait until the container C(dovecot-mailcow) is restarted.
  - When a mailbox is deleted, mailcow deletes its sync jobs with it.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - An object that does not exist may be one that an earlier task would create, so check mode does not require the options for
        creating it.
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  username:
    description:
      - Address of the mailbox into which the mail is fetched. It cannot be changed.
      - Case makes no difference. An international domain may be given in Unicode or in punycode.
      - Always required, even with O(id).
    type: str
  host1:
    description:
      - Name or IPv4 address of the server to fetch from, without a port. Case makes no difference.
      - IPv6 addresses are rejected, because mailcow creates such a sync job but cannot change it.
      - Required to create a sync job and, unless O(id) is given, to find one.
      - Together with O(id), the new server.
    type: str
  user1:
    description:
      - User name on the other server O(host1).
      - Required to create a sync job and, unless O(id) is given, to find one.
      - Together with O(id), the new user.
    type: str
  id:
    description:
      - ID of the sync job on the server, as in RV(status.id).
      - Only required if the mailbox has two sync jobs for the same O(host1) and O(user1), or to change one of these.
      - The task fails if the mailbox has no sync job with this ID, unless O(state=absent).
    type: int
  port1:
    description:
      - Port of the other server, from V(1) to V(65535). The usual port is V(993) with O(enc1=SSL), otherwise V(143).
      - Required to create a sync job.
    type: int
  password1:
    description:
      - Password of O(user1). It is compared with the one in mailcow, which the read-only key can read as well, and never shown.
      - mailcow cannot change it to an empty string or to V(0).
      - Required to create a sync job.
    type: str
  enc1:
    description:
      - How the connection to the other server is encrypted.
      - V(SSL) is TLS from the start, V(TLS) is STARTTLS. With V(PLAIN), nothing is encrypted, not even the password.
      - Required to create a sync job.
    type: str
    choices:
      - TLS
      - SSL
      - PLAIN
  mins_interval:
    description:
      - Minutes from the end of a run until the next one is due, from V(1) to V(43800).
      - Required to create a sync job.
    type: int
  exclude:
    description:
      - Regular expression (PCRE, as in PHP) for the folders to skip, with at most 500 characters. A slash in it must be escaped with a
        backslash.
      - With an empty string, no folder is skipped.
      - Default on create is an empty string. The web interface offers V((?i\)spam|(?i\)junk).
    type: str
  subfolder2:
    description:
      - Folder of the mailbox into which all folders are fetched. An empty string means none. mailcow treats V(0) as an empty string.
      - Default on create is an empty string. The web interface offers V(External).
    type: str
  maxage:
    description:
      - Maximum age in days of messages to fetch, at most V(32000).
      - V(0) fetches all messages.
      - Default on create is V(0).
    type: int
  maxbytespersecond:
    description:
      - Maximum bytes per second, at most V(125000000).
      - V(0) is no limit.
      - Default on create is V(0).
    type: int
  timeout1:
    description:
      - Seconds to wait for a response of the other server, from V(1) to V(32000).
      - Default on create is V(600).
    type: int
  timeout2:
    description:
      - Seconds to wait for a response of the mailcow server, from V(1) to V(32000).
      - Default on create is V(600).
    type: int
  delete2duplicates:
    description:
      - Whether to delete duplicate messages in a folder of the mailbox.
      - Default on create is V(false). The web interface offers V(true).
    type: bool
  delete1:
    description:
      - Whether to delete messages on the other server after they have been fetched.
      - Default on create is V(false).
    type: bool
  delete2:
    description:
      - Whether to delete messages in the mailbox that are not on the other server, including those that were delivered to the mailbox
        in other ways.
      - Default on create is V(false).
    type: bool
  automap:
    description:
      - Whether to map folders with a special use, for example C(Sent Items) of the other server to C(Sent) in the mailbox.
      - Default on create is V(false). The web interface offers V(true).
    type: bool
  skipcrossduplicates:
    description:
      - Whether to skip messages that have already been found in another folder.
      - Default on create is V(false).
    type: bool
  subscribeall:
    description:
      - Whether to subscribe to all fetched folders in the mailbox.
      - Default on create is V(false). The web interface offers V(true).
    type: bool
  dry:
    description:
      - Whether to only simulate the run, without fetching anything.
      - Default on create is V(false).
    type: bool
  custom_params:
    description:
      - Further arguments of imapsync, for example V(--skipemptyfolders --maxsize=1000000). Only those in C($IMAPSYNC_OPTIONS) of
        mailcow's C(vars.inc.php) are allowed. Spaces around them are ignored.
      - The value of an argument follows after C(=), and can contain neither spaces nor hyphens.
      - At most 512 characters. An empty string removes them.
      - Default on create is an empty string.
    type: str
  active:
    description:
      - Whether the sync job runs. V(false) does not stop a run that has begun.
      - Default on create is V(true).
    type: bool
  state:
    description:
      - V(present) creates the sync job or changes it.
      - V(absent) deletes the sync job. The mail that it has fetched is kept.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_syncjob_info
  - module: community.mailcow.mailcow_syncjob_run
  - module: community.mailcow.mailcow_mailbox
  - name: imapsync
    description: The program that runs the sync jobs, with all its arguments.
    link: https://imapsync.lamiral.info/
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Fetch the mail of an old account every 20 minutes
  community.mailcow.mailcow_syncjob:
    username: jane@example.com
    host1: imap.example.net
    port1: 993
    enc1: SSL
    user1: jane
    password1: "{{ vault_jane_old_password }}"
    mins_interval: 20
    exclude: (?i)spam|(?i)junk
    automap: true
    subscribeall: true
  register: job

- name: Stop fetching
  community.mailcow.mailcow_syncjob:
    username: jane@example.com
    host1: imap.example.net
    user1: jane
    active: false

- name: Fetch from another server from now on
  community.mailcow.mailcow_syncjob:
    username: jane@example.com
    id: "{{ job.status.id }}"
    host1: imap2.example.net
  when: job.status.id is not none   # in check mode there is none yet

- name: Delete a sync job
  community.mailcow.mailcow_syncjob:
    username: jane@example.com
    host1: imap2.example.net
    user1: jane
    state: absent
"""

RETURN = r"""
syncjob:
  description:
    - The sync job as it is now, with the names and units of the options, so it is valid input for the module.
    - In check mode, the sync job as it would be.
  returned: when state=present
  type: dict
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
status:
  description:
    - Read-only values of the sync job.
    - In check mode all values are V(null) when the sync job does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description:
        - ID of the sync job on the server, the value of the option O(id).
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
  sample: POST add/syncjob
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - object_exists imap.example.net / jane
"""

from ..module_utils._kinds.syncjob import SYNCJOB
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(SYNCJOB))


if __name__ == "__main__":
    main()
