#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_quota_notification
short_description: Set quota notices
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Set the mail that mailcow sends to users when their mailboxes reach 80 % and 95 % of their quota (System > Configuration > Options >
    Quota notifications), and who gets copies of it.
  - mailcow cannot show these settings by its API. So the module cannot compare, writes what is given in each run, and reports a change.
    If nothing is given, nothing is written.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It checks the values, but makes no request.
  diff_mode:
    support: partial
    details:
      - The previous settings are not known.
  idempotent:
    support: none
    details:
      - mailcow cannot show these settings.
options:
  sender:
    description:
      - Sender address of the messages. Where it is empty, mailcow takes one of its own.
      - mailcow takes O(sender), O(subject) and O(html_tmpl) together. If one of them is given, those that are omitted become empty.
    type: str
  subject:
    description: Subject of the messages. Where it is empty, mailcow takes its own. See O(sender) for what happens when it is omitted.
    type: str
  html_tmpl:
    description:
      - Text of the messages as a template of Jinja in HTML, for example with C({{ username }}) and C({{ percent }}).
        Where it is empty, mailcow takes its own.
      - In a playbook, mark it with C(!unsafe), or read it with the lookup P(ansible.builtin.file#lookup),
        so that Ansible does not fill it in.
      - See O(sender) for what happens when it is omitted.
    type: str
  bcc:
    description: Who gets copies of the messages to the mailboxes of some domains. Domains that are not in the list are not changed.
    type: list
    elements: dict
    suboptions:
      domain:
        description: Name of a domain of the server. International names may be given in Unicode or in punycode.
        type: str
        required: true
      recipients:
        description: Addresses of all recipients of copies. An empty list switches the copies off.
        type: list
        elements: str
        required: true
      active:
        description: Whether copies are sent.
        type: bool
        default: true
seealso:
  - module: community.mailcow.mailcow_password_reset_notification
  - module: community.mailcow.mailcow_quarantine_settings
"""

EXAMPLES = r"""
- name: Send the notices from our own address
  community.mailcow.mailcow_quota_notification:
    sender: postmaster@example.com
    subject: Your mailbox is nearly full
    html_tmpl: "{{ lookup('ansible.builtin.file', 'quota.html') }}"

- name: Send copies to the helpdesk, and leave the messages as they are
  community.mailcow.mailcow_quota_notification:
    bcc:
      - domain: example.com
        recipients:
          - helpdesk@example.com
"""

RETURN = r"""
quota_notification:
  description: The settings that were set, in the names of the options. In check mode, as they would be.
  returned: success
  type: dict
  contains:
    sender:
      description: Sender address of the messages.
      returned: if it, the subject or the template is given
      type: str
      sample: postmaster@example.com
    subject:
      description: Subject of the messages.
      returned: if it, the sender or the template is given
      type: str
      sample: Your mailbox is nearly full
    html_tmpl:
      description: Template of the messages.
      returned: if it, the sender or the subject is given
      type: str
      sample: ""
    bcc:
      description: Who gets copies, by domain.
      returned: if given
      type: list
      elements: dict
      contains:
        domain:
          description: Name of the domain, an international one in punycode.
          returned: success
          type: str
          sample: example.com
        recipients:
          description: Addresses of the recipients.
          returned: success
          type: list
          elements: str
          sample:
            - helpdesk@example.com
        active:
          description: Whether copies are sent.
          returned: success
          type: bool
          sample: true
request:
  description:
    - The request that failed.
    - V(null) when it was not about a single request, for example for a value that mailcow cannot hold.
  returned: on failure
  type: str
  sample: POST edit/quota_notification
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.notices import QUOTA_NOTIFICATION


def main() -> None:
    run(QUOTA_NOTIFICATION)


if __name__ == "__main__":
    main()
