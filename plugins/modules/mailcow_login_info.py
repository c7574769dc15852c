#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_login_info
short_description: Show last logins
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Show the recent logins to mailboxes of a mailcow server, with origin and protocol. The web interface of mailcow calls them last
    logins.
  - This is personal data; make sure that you are allowed to read it.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  addresses:
    description:
      - Addresses of the mailboxes. Case makes no difference. An international domain may be given in Unicode or in punycode.
      - The task fails if there is no such mailbox.
    type: list
    elements: str
    required: true
  days:
    description:
      - Number of past days, from V(1) to V(34).
    type: int
    default: 7
notes:
  - For the country of a public address that it does not know yet, mailcow queries a service on the internet, which takes up to five
    seconds.
  - M(community.mailcow.mailcow_mailbox_reset) deletes this data.
seealso:
  - module: community.mailcow.mailcow_mailbox_reset
  - module: community.mailcow.mailcow_log_info
"""

EXAMPLES = r"""
- name: Look at the logins of the last month
  community.mailcow.mailcow_login_info:
    addresses:
      - jane@example.com
    days: 30
  register: result

- name: Show from which countries they came
  ansible.builtin.debug:
    msg: "{{ result.mailboxes[0].logins | map(attribute='location') | select | unique }}"

- name: Fail if somebody still uses an app password that is to go
  ansible.builtin.assert:
    that: result.mailboxes[0].logins | selectattr('app_password', 'eq', 'Old phone') | length == 0
"""

RETURN = r"""
mailboxes:
  description: The mailboxes, in the order of O(addresses).
  returned: success
  type: list
  elements: dict
  contains:
    address:
      description: Address of the mailbox. International domains in punycode.
      returned: success
      type: str
      sample: jane@example.com
    logins:
      description: The logins of O(days), newest first.
      returned: success
      type: list
      elements: dict
      contains:
        service:
          description: The protocol, such as V(imap), V(smtp), V(pop3), V(sieve), V(eas), V(dav) or V(sso).
          returned: success
          type: str
          sample: imap
        ip:
          description: Address of the client. Logins by SOGo and other parts of mailcow have an internal one.
          returned: success
          type: str
          sample: 192.0.2.7
        location:
          description: Country code of the address (two letters). V(null) if mailcow does not know it, and for internal addresses.
          returned: success
          type: str
          sample: DE
        time:
          description: Time of the login, in the time zone of the server.
          returned: success
          type: str
          sample: "2026-07-01 10:00:00"
        app_password:
          description: Name of the app password that was used. V(null) for the password of the mailbox.
          returned: success
          type: str
          sample: Phone
    web_interface:
      description: The second to last login to the web interface, which is the one that mailcow shows to the owner. V(null) if there was
        none.
      returned: success
      type: dict
      contains:
        ip:
          description: Address of the client.
          returned: success
          type: str
          sample: 192.0.2.7
        time:
          description: Time of the login, in ISO 8601 and UTC.
          returned: success
          type: str
          sample: "2026-07-01T10:00:00Z"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/last-login/jane@example.com/7
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.upkeep import LOGIN_INFO


def main() -> None:
    run(LOGIN_INFO)


if __name__ == "__main__":
    main()
