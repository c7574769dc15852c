#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_password_reset_notification
short_description: Set the reset message
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Configure the message that mailcow sends to users who have forgotten their password (System > Configuration > Options > Password
    settings). It needs mailcow 2024-08 or newer.
  - mailcow sends it if both sender and subject are set, to users of active mailboxes with
    O(community.mailcow.mailcow_mailbox#module:authsource=mailcow) and a O(community.mailcow.mailcow_mailbox#module:pw_recovery_email).
  - mailcow's API does not show these settings. So the module cannot compare them, writes them in each run, and always reports a change.
  - mailcow accepts them only together, and empties omitted ones. Specify all that you want to keep, every time.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It checks the values, and requests only the version of mailcow.
  diff_mode:
    support: partial
    details:
      - The previous settings are not known.
  idempotent:
    support: none
    details:
      - mailcow does not show these settings.
options:
  from:
    description: Sender address of the messages, which requires O(subject). Without it, users cannot reset passwords.
    type: str
    default: ""
  subject:
    description: Subject of the messages, with the same variables as O(text_tmpl).
    type: str
    default: ""
  text_tmpl:
    description:
      - Text of the messages as a template with the variables C({{link}}), C({{username}}), C({{username2}}) (the recovery address),
        C({{hostname}}), C({{date}}) and C({{token_lifetime}}) (in minutes), written without spaces.
      - If both this and O(html_tmpl) are empty, mailcow uses its own.
      - In a playbook, mark it with C(!unsafe), or read it with the lookup P(ansible.builtin.file#lookup), so that Ansible does not
        evaluate it.
    type: str
    default: ""
  html_tmpl:
    description: HTML version of O(text_tmpl). If only this is empty, the messages have no HTML version.
    type: str
    default: ""
seealso:
  - module: community.mailcow.mailcow_password_policy
  - module: community.mailcow.mailcow_quota_notification
"""

EXAMPLES = r"""
- name: Let users reset their passwords by mail
  community.mailcow.mailcow_password_reset_notification:
    from: noreply@example.com
    subject: Your new password for mail
    text_tmpl: "{{ lookup('ansible.builtin.file', 'password_reset.txt') }}"

- name: Let no passwords be reset by mail any more
  community.mailcow.mailcow_password_reset_notification:
"""

RETURN = r"""
password_reset_notification:
  description: All settings as they were written, with the names of the options. In check mode, as they would be.
  returned: success
  type: dict
  contains:
    from:
      description: Sender address of the messages.
      returned: success
      type: str
      sample: noreply@example.com
    subject:
      description: Subject of the messages.
      returned: success
      type: str
      sample: Your new password for mail
    text_tmpl:
      description: Text of the messages.
      returned: success
      type: str
      sample: ""
    html_tmpl:
      description: Text of the messages in HTML.
      returned: success
      type: str
      sample: ""
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST edit/reset-password-notification
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.notices import PASSWORD_RESET_NOTIFICATION


def main() -> None:
    run(PASSWORD_RESET_NOTIFICATION)


if __name__ == "__main__":
    main()
