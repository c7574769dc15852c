#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_quarantine_info
short_description: List the quarantine
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the messages in the quarantine of a mailcow server, all or those that match all specified options.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
  - community.mailcow.quarantine
options:
  content:
    description:
      - Whether to get the messages themselves, and the findings of Rspamd. This takes one request per message.
      - Mail is private; make sure that you are allowed to read it.
    type: bool
    default: false
notes:
  - mailcow's API does not show the settings of the quarantine; see its web UI.
seealso:
  - module: community.mailcow.mailcow_quarantine_item
"""

EXAMPLES = r"""
- name: List the whole quarantine
  community.mailcow.mailcow_quarantine_info:
  register: result

- name: Count the messages by recipient
  ansible.builtin.debug:
    msg: "{{ item.0 }}: {{ item.1 | length }}"
  loop: "{{ result.messages | groupby('recipient') | map('list') }}"
  loop_control:
    label: "{{ item.0 }}"

- name: List what a customer did not get since yesterday
  community.mailcow.mailcow_quarantine_info:
    sender: "*@customer.example"
    newer_than: 1d
    virus: false

- name: Ask why a message is in the quarantine
  community.mailcow.mailcow_quarantine_info:
    sender: billing@customer.example
    content: true
  register: result

- name: Show what counted most
  ansible.builtin.debug:
    msg: "{{ item.symbols | sort(attribute='score', reverse=true) | map(attribute='name') | first(5) }}"
  loop: "{{ result.messages }}"
  loop_control:
    label: "{{ item.subject }}"
"""

RETURN = r"""
messages:
  description: The messages, by ID.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the message, for O(community.mailcow.mailcow_quarantine_item#module:ids).
      returned: success
      type: int
      sample: 17
    qid:
      description: Queue ID of the message in Postfix, to find it in the logs.
      returned: success
      type: str
      sample: 8C9F01A2B3
    sender:
      description: Address of the sender, as in the envelope.
      returned: success
      type: str
      sample: winner@example.net
    recipient:
      description: Address of the mailbox to which it was sent.
      returned: success
      type: str
      sample: jane@example.com
    subject:
      description: Its subject.
      returned: success
      type: str
      sample: You have won
    score:
      description: Its spam score. V(null) if it has none.
      returned: success
      type: float
      sample: 15.48
    virus:
      description: Whether a virus was found in it.
      returned: success
      type: bool
      sample: false
    action:
      description: Action of Rspamd, V(reject), V(add header) or V(rewrite subject).
      returned: success
      type: str
      sample: reject
    notified:
      description: Whether the recipient has been notified.
      returned: success
      type: bool
      sample: false
    created:
      description: When it was put into the quarantine, in ISO 8601 and UTC.
      returned: success
      type: str
      sample: "2026-07-01T10:00:01Z"
    created_timestamp:
      description: The same in seconds since 1970, as written by the server.
      returned: success
      type: int
      sample: 1782900001
    content:
      description: The whole message, with its headers. V(null) if it has left the quarantine.
      returned: when O(content=true)
      type: str
      sample: "Subject: You have won\r\n\r\nClick here"
    ip:
      description: IP address of the sending server. V(null) if it has left the quarantine.
      returned: when O(content=true)
      type: str
      sample: 192.0.2.66
    symbols:
      description: The Rspamd symbols of the message. V(null) if it has left the quarantine.
      returned: when O(content=true)
      type: list
      elements: dict
      contains:
        name:
          description: Name of the symbol.
          returned: success
          type: str
          sample: BAYES_SPAM
        score:
          description: Its contribution to the spam score.
          returned: success
          type: float
          sample: 5.1
        options:
          description: The matches of the symbol.
          returned: success
          type: list
          elements: str
          sample: ["99.98%"]
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/quarantine/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.quarantine import QUARANTINE_INFO


def main() -> None:
    run(QUARANTINE_INFO)


if __name__ == "__main__":
    main()
