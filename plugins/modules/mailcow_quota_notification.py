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
  - Configure the message that mailcow sends to users when their mailboxes reach 80 % and 95 % of their quota (System > Configuration >
    Options > Quota notifications), and the recipients of copies.
  - mailcow's API does not show these settings. So the module cannot compare them, writes the specified ones in each run, and reports a
    change. If none is specified, nothing is written.
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
      - mailcow does not show these settings.
options:
  sender:
    description:
      - Sender address of the messages. If empty, mailcow uses its own.
      - mailcow accepts O(sender), O(subject) and O(html_tmpl) only together. If one of them is specified, omitted ones are emptied.
    type: str
  subject:
    description: Subject of the messages. If empty, mailcow uses its own. If omitted, see O(sender).
    type: str
  html_tmpl:
    description:
      - Jinja template of the messages in HTML, for example with C({{ username }}) and C({{ percent }}). If empty, mailcow uses its own.
      - In a playbook, mark it with C(!unsafe), or read it with the lookup P(ansible.builtin.file#lookup), so that Ansible does not
        evaluate it.
      - If omitted, see O(sender).
    type: str
  bcc:
    description: Recipients of copies of the messages, by domain. Domains that are not in the list are not changed.
    type: list
    elements: dict
    suboptions:
      domain:
        description: Name of a domain of the server. International names may be given in Unicode or in punycode.
        type: str
        required: true
      recipients:
        description: Addresses of all recipients of copies. With an empty list, no copies are sent.
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
  description: The settings that were written, with the names of the options. In check mode, as they would be.
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
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST edit/quota_notification
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
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
