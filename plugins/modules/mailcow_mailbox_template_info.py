#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_mailbox_template_info
short_description: Get mailbox templates
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the templates for new mailboxes of a mailcow server, or get one of them.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  template:
    description:
      - Name of the only template to get. Case makes no difference. The list is empty if there is none.
      - If this and O(id) are omitted, all templates are listed.
    type: str
  id:
    description:
      - ID of the only template to get.
    type: int
seealso:
  - module: community.mailcow.mailcow_mailbox_template
  - module: community.mailcow.mailcow_mailbox
"""

EXAMPLES = r"""
- name: List all mailbox templates
  community.mailcow.mailcow_mailbox_template_info:
  register: result

- name: Show those without two-factor authentication
  ansible.builtin.debug:
    msg: "{{ result.mailbox_templates | rejectattr('force_tfa') | map(attribute='template') }}"

- name: Look at one
  community.mailcow.mailcow_mailbox_template_info:
    template: Staff
"""

RETURN = r"""
mailbox_templates:
  description:
    - The templates, each with the names of the options of M(community.mailcow.mailcow_mailbox_template), and with
      RV(mailbox_templates[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    template:
      description: Name of the template.
      returned: success
      type: str
      sample: Staff
    quota:
      description: Quota of a new mailbox in MiB. V(0) is unlimited.
      returned: success
      type: int
      sample: 2048
    active:
      description: Whether a new mailbox is active.
      returned: success
      type: bool
      sample: true
    login:
      description: Whether the owner of a new mailbox can log in.
      returned: success
      type: bool
      sample: true
    force_pw_update:
      description: Whether the owner must change the password at the first login.
      returned: success
      type: bool
      sample: false
    force_tfa:
      description: Whether the owner must set up two-factor authentication.
      returned: success
      type: bool
      sample: false
    tls_enforce_in:
      description: Whether incoming mail requires TLS.
      returned: success
      type: bool
      sample: false
    tls_enforce_out:
      description: Whether outgoing mail requires TLS.
      returned: success
      type: bool
      sample: false
    sogo_access:
      description: Whether SOGo can be used.
      returned: success
      type: bool
      sample: true
    protocol_access:
      description: The protocols that can be used.
      returned: success
      type: list
      elements: str
      sample:
        - imap
        - smtp
    acl:
      description: What the owner of a new mailbox may do in the web interface.
      returned: success
      type: list
      elements: str
      sample:
        - spam_alias
        - spam_score
    quarantine_notification:
      description: How often the owner is notified of mail in the quarantine.
      returned: success
      type: str
      sample: hourly
    quarantine_category:
      description: Mail in the quarantine of which the owner is notified.
      returned: success
      type: str
      sample: reject
    tagged_mail_handler:
      description: What happens to mail for a tagged address.
      returned: success
      type: str
      sample: subfolder
    rate_limit:
      description: Maximum number of messages in a time frame.
      returned: success
      type: dict
      contains:
        value:
          description: Number of messages. V(0) if there is no limit.
          returned: success
          type: int
          sample: 100
        frame:
          description: The time frame.
          returned: success
          type: str
          sample: h
    tags:
      description: Tags, sorted without regard to case.
      returned: success
      type: list
      elements: str
      sample:
        - gold
    status:
      description: Read-only values of the template.
      returned: success
      type: dict
      contains:
        id:
          description:
            - ID of the template on the server, the value of the option O(community.mailcow.mailcow_mailbox_template#module:id).
          returned: success
          type: int
          sample: 7
        created:
          description: When the template was created, in the server's time zone and format.
          returned: success
          type: str
          sample: "2026-03-01 09:30:00"
        modified:
          description: When the template was last changed, in the same format. V(null) if it never was.
          returned: success
          type: str
          sample: "2026-03-02 17:05:41"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/mailbox/template/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.mailbox_template import MAILBOX_TEMPLATE
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(MAILBOX_TEMPLATE))


if __name__ == "__main__":
    main()
