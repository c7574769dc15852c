#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_app_password_info
short_description: List app passwords
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the app passwords of all mailboxes of a mailcow server, those of some domains or of one mailbox, or get one of them.
  - Neither the passwords nor their hashes are returned.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  username:
    description:
      - Address of the only mailbox whose app passwords to list. Case makes no difference.
        The list is empty if there is no such mailbox.
    type: str
  app_name:
    description:
      - Only list app passwords with this name. Case makes no difference.
    type: str
  id:
    description:
      - Only get the app password with this ID.
    type: int
  domains:
    description:
      - Names of the domains of the mailboxes. Names that do not exist in mailcow are ignored.
      - If this and O(username) are omitted, the app passwords of all mailboxes are listed. This takes one request per mailbox.
    type: list
    elements: str
seealso:
  - module: community.mailcow.mailcow_app_password
"""

EXAMPLES = r"""
- name: List the app passwords of a mailbox
  community.mailcow.mailcow_app_password_info:
    username: jane@example.com
  register: result

- name: Show those that can send mail
  ansible.builtin.debug:
    msg: "{{ result.app_passwords | selectattr('protocols', 'contains', 'smtp_access') | map(attribute='app_name') }}"

- name: List those of all mailboxes of a domain
  community.mailcow.mailcow_app_password_info:
    domains:
      - example.com
"""

RETURN = r"""
app_passwords:
  description:
    - The app passwords, each with the names and units of the options of M(community.mailcow.mailcow_app_password), and with
      RV(app_passwords[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    username:
      description: Address of the mailbox of the app password. International domains in punycode.
      returned: success
      type: str
      sample: jane@example.com
    app_name:
      description: Name of the app password, without the escapes of mailcow.
      returned: success
      type: str
      sample: Phone
    protocols:
      description: What the app password can be used for.
      returned: success
      type: list
      elements: str
      sample:
        - imap_access
        - smtp_access
    active:
      description: Whether the app password can be used.
      returned: success
      type: bool
      sample: true
    status:
      description: Read-only values of the app password.
      returned: success
      type: dict
      contains:
        id:
          description:
            - ID of the app password on the server, the value of the option O(community.mailcow.mailcow_app_password#module:id).
          returned: success
          type: int
          sample: 7
        created:
          description: When the app password was created, in the server's time zone and format.
          returned: success
          type: str
          sample: "2026-03-01 09:30:00"
        modified:
          description: When the app password was last changed, in the same format. V(null) if it never was.
          returned: success
          type: str
          sample: "2026-03-02 17:05:41"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/domain/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.app_password import APP_PASSWORD
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(APP_PASSWORD))


if __name__ == "__main__":
    main()
