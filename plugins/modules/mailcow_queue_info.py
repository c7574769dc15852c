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
  - List the messages that wait in the queue of Postfix, to be delivered or because their delivery failed for now.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  ids:
    description:
      - Queue ids of the only messages to list. Those that are not in the queue are left out.
      - If omitted, all messages are listed.
    type: list
    elements: str
  content:
    description:
      - Whether to get the messages themselves, with their headers and bodies. That takes one request for each.
      - Mail is private. Look at a message only if you may.
      - mailcow shows only messages whose queue ids consist of hexadecimal digits, which Postfix has unless C(enable_long_queue_ids) is set.
    type: bool
    default: false
notes:
  - mailcow lists at most 10,000 messages.
  - mailcow also shows an empty queue while its Postfix or its Docker API does not run.
    M(community.mailcow.mailcow_status_info) tells whether they do.
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
      description: Queue id of the message. Postfix uses one again after the message has gone.
      returned: success
      type: str
      sample: 8C9F01A2B3
    queue:
      description: The queue of Postfix that it is in, V(active), V(deferred), V(hold), V(incoming) or V(maildrop).
      returned: success
      type: str
      sample: deferred
    sender:
      description: Address of the sender. That of a bounce is V(MAILER-DAEMON).
      returned: success
      type: str
      sample: joe@example.com
    recipients:
      description: To whom it still has to be delivered.
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
          description: Why it could not be delivered yet. V(null) if Postfix did not try yet.
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
      description: The same in seconds since 1970, as the server writes it.
      returned: success
      type: int
      sample: 1782900000
    content:
      description:
        - The whole message as C(postcat) of Postfix shows it, with its envelope, its headers and its body.
        - V(null) if mailcow could not show it, for example because it has left the queue meanwhile.
      returned: when O(content=true)
      type: str
      sample: "*** ENVELOPE RECORDS deferred/8/8C9F01A2B3 ***\n"
    forced_expire:
      description: Whether it is returned to its sender when its next delivery fails.
      returned: success
      type: bool
      sample: false
request:
  description:
    - The request that failed.
    - V(null) when it was not about a single request, for example for a missing API key.
  returned: on failure
  type: str
  sample: GET get/mailq/all
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
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
