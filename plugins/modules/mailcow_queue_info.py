#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_queue_info
short_description: List the mail queue
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the messages in the queue of Postfix, which wait for delivery, or whose delivery failed temporarily.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  ids:
    description:
      - Queue IDs of the only messages to list. Those that are not in the queue are omitted.
      - If omitted, all messages are listed.
    type: list
    elements: str
  content:
    description:
      - Whether to get the messages themselves, with their headers and bodies. This takes one request per message.
      - Mail is private; make sure that you are allowed to read it.
      - mailcow shows only messages whose queue IDs consist of hexadecimal digits, which is the case unless C(enable_long_queue_ids) is
        set in Postfix.
    type: bool
    default: false
notes:
  - mailcow lists at most 10,000 messages.
  - mailcow also returns an empty queue while its Postfix or its Docker API is not running. M(community.mailcow.mailcow_status_info)
    shows whether they are.
seealso:
  - module: community.mailcow.mailcow_queue
  - module: community.mailcow.mailcow_status_info
"""

EXAMPLES = r"""
- name: List the queue
  community.mailcow.mailcow_queue_info:
  register: result

- name: Fail if too many messages wait
  ansible.builtin.assert:
    that: result.messages | length < 100

- name: Show why they wait
  ansible.builtin.debug:
    msg: "{{ result.messages | map(attribute='recipients') | flatten | map(attribute='reason') | select | unique }}"

- name: Count the messages by sender
  ansible.builtin.debug:
    msg: "{{ item.0 }}: {{ item.1 | length }}"
  loop: "{{ result.messages | groupby('sender') | map('list') }}"
  loop_control:
    label: "{{ item.0 }}"

- name: Read a message
  community.mailcow.mailcow_queue_info:
    ids:
      - 8C9F01A2B3
    content: true
"""

RETURN = r"""
messages:
  description: The messages in the queue, oldest first.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Queue ID of the message. Postfix reuses IDs after a message has left the queue.
      returned: success
      type: str
      sample: 8C9F01A2B3
    queue:
      description: The queue of Postfix that contains it, V(active), V(deferred), V(hold), V(incoming) or V(maildrop).
      returned: success
      type: str
      sample: deferred
    sender:
      description: Address of the sender. That of a bounce is V(MAILER-DAEMON).
      returned: success
      type: str
      sample: joe@example.com
    recipients:
      description: The recipients to whom it has not been delivered yet.
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
      description: The same in seconds since 1970, as written by the server.
      returned: success
      type: int
      sample: 1782900000
    content:
      description:
        - The whole message as C(postcat) of Postfix shows it, with its envelope, its headers and its body.
        - V(null) if mailcow could not show it, for example because it has left the queue.
      returned: when O(content=true)
      type: str
      sample: "*** ENVELOPE RECORDS deferred/8/8C9F01A2B3 ***\n"
    forced_expire:
      description: Whether it is returned to the sender if the next delivery attempt fails.
      returned: success
      type: bool
      sample: false
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/mailq/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.queue import QUEUE_INFO


def main() -> None:
    run(QUEUE_INFO)


if __name__ == "__main__":
    main()
