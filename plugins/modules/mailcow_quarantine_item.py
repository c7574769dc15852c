#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_quarantine_item
short_description: Release or learn mail
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Release, learn or delete messages in the quarantine of a mailcow server. Each of these actions removes the message from the
    quarantine.
  - The module acts on the messages that match all specified options, and reports no change if there are none. At least one of these
    options, or O(all=true), is required.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
  - community.mailcow.quarantine
attributes:
  check_mode:
    support: full
    details:
      - It reads the quarantine and returns the messages to which the action would be applied. Whether Postfix would accept them is not
        predicted.
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  action:
    description: What to do.
    type: str
    required: true
    choices:
      delete: Delete the messages. Nobody is notified.
      learn_ham:
        The same as V(release), because mailcow lets Rspamd learn each released message as ham. But the task fails if Rspamd did not
        learn a message, although it has been delivered and has left the quarantine.
      learn_spam:
        Learn the messages as spam, and delete them. mailcow deletes a message before Rspamd has learned it. If Rspamd does not learn
        any of ten messages, the others stay in the quarantine. The task fails if Rspamd did not learn all of them.
      release:
        Deliver the messages to their recipients, in the O(community.mailcow.mailcow_quarantine_settings#module:release_format) of the
        server and without another check by Rspamd, and learn them as ham. If Rspamd did not learn a message, the task gives a warning.
  all:
    description:
      - With V(true), the action applies to all messages in the quarantine, and other options that select messages are not allowed.
      - Otherwise, it applies to the messages that match the other options.
    type: bool
    default: false
notes:
  - If Postfix is not running or rejects a message, mailcow keeps it in the quarantine, and the task fails.
  - mailcow stops at the first message that Postfix rejects. The module releases ten messages at a time, and stops if none of ten was
    accepted; to continue, run the task again.
seealso:
  - module: community.mailcow.mailcow_quarantine_info
  - module: community.mailcow.mailcow_quarantine_settings
"""

EXAMPLES = r"""
- name: Release a message
  community.mailcow.mailcow_quarantine_item:
    action: release
    ids:
      - 17

- name: Release what a customer has sent since yesterday, unless it has a virus
  community.mailcow.mailcow_quarantine_item:
    action: release
    sender: "*@customer.example"
    newer_than: 1d
    virus: false
  register: result

- name: Show what was released
  ansible.builtin.debug:
    msg: "{{ item.sender }} to {{ item.recipient }}: {{ item.subject }}"
  loop: "{{ result.messages }}"
  loop_control:
    label: "{{ item.id }}"

- name: Teach Rspamd what is certainly spam
  community.mailcow.mailcow_quarantine_item:
    action: learn_spam
    min_score: 30

- name: Delete what nobody has asked for in a month
  community.mailcow.mailcow_quarantine_item:
    action: delete
    older_than: 30d

- name: Empty the quarantine
  community.mailcow.mailcow_quarantine_item:
    action: delete
    all: true
"""

RETURN = r"""
messages:
  description:
    - The messages to which the action was applied. In check mode, those to which it would be applied.
    - If the task fails, only those that have left the quarantine. Empty if unknown.
  returned: success, and on failure after it was tried
  type: list
  elements: dict
  contains:
    id:
      description: ID of the message.
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
      description: The same in seconds since 1970.
      returned: success
      type: int
      sample: 1782900001
missing:
  description: The IDs in O(ids) that are not in the quarantine, or do not match another option.
  returned: success
  type: list
  elements: int
  sample: []
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure, unless RV(messages) is returned
  type: str
  sample: POST edit/qitem
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.quarantine import QUARANTINE_ITEM


def main() -> None:
    run(QUARANTINE_ITEM)


if __name__ == "__main__":
    main()
