#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_queue
short_description: Manage the mail queue
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Deliver, hold or delete messages in the queue of Postfix.
  - The module acts on the messages that are in the queue when the task starts, and reports no change if there are none.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It reads the queue and returns the messages to which the action would be applied.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - V(delete), V(hold) and V(unhold) are. V(deliver) and V(flush) report a change as long as there are messages that can be tried
        again.
options:
  action:
    description: What to do.
    type: str
    required: true
    choices:
      delete: Delete the messages. Neither senders nor recipients are notified.
      deliver: Try to deliver the messages now. The task ends before Postfix has tried.
      flush: Try to deliver all deferred messages now, except those on hold. The task ends before Postfix has tried.
      hold: Put the messages on hold until they are released or deleted.
      unhold: Release the messages from hold.
  ids:
    description:
      - Queue IDs of the messages, as in RV(community.mailcow.mailcow_queue_info#module:messages[].id). An empty list selects no
        messages.
      - An ID that is not in the queue is not an error, because the message may have been delivered in the meantime; it is returned in
        RV(missing).
      - It is not allowed with O(action=flush), and required for all other actions, except O(action=delete) with O(all=true).
    type: list
    elements: str
  all:
    description:
      - With V(true), O(action=delete) deletes the whole queue, including messages that arrive while the task is running.
      - Otherwise, O(action=delete) requires O(ids).
    type: bool
    default: false
notes:
  - mailcow can act on single messages only if they have short queue IDs, which is the case unless C(enable_long_queue_ids) is set in
    Postfix. For others, it reports success and does nothing. The module then reads the queue again and fails.
  - mailcow also returns an empty queue while its Postfix or its Docker API is not running. The module then does nothing.
  - mailcow lists at most 10,000 messages. If the queue is longer, run the task again for the others.
seealso:
  - module: community.mailcow.mailcow_queue_info
  - module: community.mailcow.mailcow_status_info
"""

EXAMPLES = r"""
- name: Try to deliver all deferred messages now
  community.mailcow.mailcow_queue:
    action: flush

- name: List the queue
  community.mailcow.mailcow_queue_info:
  register: queue

- name: Delete what a stolen account has sent
  community.mailcow.mailcow_queue:
    action: delete
    ids: "{{ queue.messages | selectattr('sender', 'equalto', 'joe@example.com') | map(attribute='id') }}"
  register: result

- name: Show how many these were
  ansible.builtin.debug:
    msg: "{{ result.messages | length }} messages were deleted"

- name: Hold messages until somebody has looked at them
  community.mailcow.mailcow_queue:
    action: hold
    ids:
      - 8C9F01A2B3

- name: Delete the whole queue
  community.mailcow.mailcow_queue:
    action: delete
    all: true
"""

RETURN = r"""
messages:
  description:
    - The messages to which the action was applied, as they were before. In check mode, those to which it would be applied.
    - If the task fails, only those to which it was applied. Empty if unknown.
  returned: success, and on failure after it was tried
  type: list
  elements: dict
  contains:
    id:
      description: Queue ID of the message.
      returned: success
      type: str
      sample: 8C9F01A2B3
    queue:
      description: The queue of Postfix that contained it.
      returned: success
      type: str
      sample: deferred
    sender:
      description: Address of the sender.
      returned: success
      type: str
      sample: joe@example.com
    recipients:
      description: The recipients to whom it had not been delivered yet.
      returned: success
      type: list
      elements: dict
      contains:
        address:
          description: Address of the recipient.
          returned: success
          type: str
          sample: jane@example.net
        reason:
          description: Why it could not be delivered yet. V(null) if Postfix has not tried yet.
          returned: success
          type: str
          sample: "connect to mx.example.net[192.0.2.1]:25: Connection timed out"
    size:
      description: Size of the message, in bytes.
      returned: success
      type: int
      sample: 1848
    arrived:
      description: When it was put into the queue, in ISO 8601 and UTC.
      returned: success
      type: str
      sample: "2026-07-01T10:00:00Z"
    arrived_timestamp:
      description: The same in seconds since 1970.
      returned: success
      type: int
      sample: 1782900000
    forced_expire:
      description: Whether it is returned to the sender if the next delivery attempt fails.
      returned: success
      type: bool
      sample: false
missing:
  description: The IDs in O(ids) that are not in the queue.
  returned: success
  type: list
  elements: str
  sample: []
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure, unless RV(messages) is returned
  type: str
  sample: POST edit/mailq
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - unknown
"""

from ..module_utils._module import run
from ..module_utils._tasks.queue import QUEUE


def main() -> None:
    run(QUEUE)


if __name__ == "__main__":
    main()
