#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_quarantine_settings
short_description: Set up the quarantine
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Configure what the quarantine of a mailcow server keeps, for how long, and its notifications. On a new server, the quarantine is
    disabled.
  - It keeps mail that Rspamd rejects, and copies of mail in the junk folder, but not mail that is rejected because of a block list.
  - mailcow's API does not show these settings. So the module cannot compare them, writes them in each run, and always reports a change.
  - mailcow accepts them only together, and resets omitted ones. Specify all that you want to keep, every time.
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
  retention_size:
    description: Number of newest messages that the quarantine keeps for each mailbox. V(0) disables the quarantine.
    type: int
    required: true
  max_size:
    description: Size in MiB above which a message is not kept, at least V(1).
    type: int
    required: true
  max_age:
    description: Days after which a message is deleted from the quarantine, at least V(1).
    type: int
    default: 365
  max_score:
    description:
      - Recipients are notified only of messages with a lower spam score.
      - If omitted, they are notified of every message.
    type: float
  release_format:
    description: How a released message is delivered.
    type: str
    choices:
      attachment: As an attachment of an explanatory message.
      raw: In its original form.
    default: raw
  exclude_domains:
    description: Domains for whose addresses nothing is kept. Alias domains must be listed separately. The default is none.
    type: list
    elements: str
    default: []
  sender:
    description: Address from which notifications are sent. If empty, mailcow uses its own.
    type: str
    default: ""
  subject:
    description: Subject of the notifications. If empty, mailcow uses its own.
    type: str
    default: ""
  bcc:
    description:
      - Address that gets a copy of each notification; empty means none.
      - It should be on this server, because notifications are not signed.
    type: str
    default: ""
  redirect:
    description:
      - Address that gets all notifications instead of the recipients; empty means none.
      - It should be on this server, because notifications are not signed.
    type: str
    default: ""
  html_tmpl:
    description:
      - Jinja template of the notifications in HTML, for example with C({{ username }}), C({{ counter }}), C({{ hostname }}) and the
        list C(meta) of the messages. If empty, mailcow uses its own.
      - In a playbook, mark it with C(!unsafe), or read it with the lookup P(ansible.builtin.file#lookup), so that Ansible does not
        evaluate it.
    type: str
    default: ""
seealso:
  - module: community.mailcow.mailcow_quarantine_item
  - module: community.mailcow.mailcow_mailbox
    description: Its options O(community.mailcow.mailcow_mailbox#module:quarantine_notification) and
      O(community.mailcow.mailcow_mailbox#module:quarantine_category) determine who is notified of what.
"""

EXAMPLES = r"""
- name: Keep 50 messages of up to 20 MiB for each mailbox, and for a month
  community.mailcow.mailcow_quarantine_settings:
    retention_size: 50
    max_size: 20
    max_age: 30
    max_score: 30
    sender: quarantine@example.com
    subject: Messages in your quarantine
  # mailcow cannot tell whether that was set already.
  changed_when: false

- name: Switch the quarantine off
  community.mailcow.mailcow_quarantine_settings:
    retention_size: 0
    max_size: 1
"""

RETURN = r"""
quarantine_settings:
  description: All settings as they were written, with the names and units of the options. In check mode, as they would be.
  returned: success
  type: dict
  contains:
    retention_size:
      description: How many messages the quarantine keeps for each mailbox.
      returned: success
      type: int
      sample: 50
    max_size:
      description: Size in MiB above which a message is not kept.
      returned: success
      type: int
      sample: 20
    max_age:
      description: After how many days a message is deleted from the quarantine.
      returned: success
      type: int
      sample: 30
    max_score:
      description: Recipients are notified only of messages with a lower spam score. V(null) if they are notified of every message.
      returned: success
      type: float
      sample: 30.0
    release_format:
      description: How a released message is delivered.
      returned: success
      type: str
      sample: raw
    exclude_domains:
      description: Domains for which nothing is kept, sorted.
      returned: success
      type: list
      elements: str
      sample: []
    sender:
      description: Address from which notifications are sent. Empty for mailcow's own.
      returned: success
      type: str
      sample: quarantine@example.com
    subject:
      description: Subject of the notifications. Empty for mailcow's own.
      returned: success
      type: str
      sample: Messages in your quarantine
    bcc:
      description: Address that gets a copy of each notification. Empty means none.
      returned: success
      type: str
      sample: ""
    redirect:
      description: Address that gets all notifications instead of the recipients. Empty means none.
      returned: success
      type: str
      sample: ""
    html_tmpl:
      description: Template of the notifications in HTML. Empty for mailcow's own.
      returned: success
      type: str
      sample: ""
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST edit/quarantine
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.quarantine_settings import QUARANTINE_SETTINGS


def main() -> None:
    run(QUARANTINE_SETTINGS)


if __name__ == "__main__":
    main()
