#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_app_password
short_description: Manage app passwords
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete app passwords of mailboxes of a mailcow server.
    An app password is a further password of a mailbox, for one app or device, which can be limited to protocols and revoked on its own.
  - Within its mailbox, an app password is identified by its name. Case makes no difference.
    mailcow allows several of one name. If there are, the task fails and shows their numbers, and O(id) says which one is meant.
  - Only options that are given are managed. An option that is omitted is neither compared nor changed.
    V(false) and an empty list are values.
  - mailcow escapes a name for HTML again with each change, so that C(A & B) becomes C(A &amp;amp; B) and so on.
    The module always sends the name as it was meant, and reads it without such escapes, however many there are.
    So a name cannot hold an escape such as C(&amp;) itself.
  - When a mailbox is deleted, mailcow deletes its app passwords with it.
requirements:
  - bcrypt (optional, to compare O(password) with the hash on the server)
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - An object that does not exist may be one that an earlier task would create. So nothing is missing to create it in check mode.
      - A password that is new is compared with the password policy of the server. Before 2025-09c, mailcow takes any.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - Without the Python library bcrypt a password cannot be compared with the one on the server,
        so that O(update_password=always) changes it every time.
options:
  username:
    description:
      - Address of the mailbox that the app password belongs to. It cannot be changed.
      - Case makes no difference. An international domain may be given in Unicode or in punycode.
      - Always needed, also beside O(id), because mailcow lists app passwords only by mailbox.
    type: str
  app_name:
    description:
      - Name of the app password, at most 255 characters.
        Each of the characters C(&), C(<), C(>), C(") and C(') takes 4 to 6 of them. Spaces around it are ignored.
      - Needed to create an app password and, unless O(id) is given, to find one.
      - Together with O(id), the new name.
    type: str
  id:
    description:
      - Number of the app password on the server, as in RV(status.id).
      - Only needed if the mailbox has several app passwords of one name, or to give one another name.
      - The task fails if the mailbox has no app password of that number, unless O(state=absent).
    type: int
  password:
    description:
      - The password. It must meet the password policy of the server.
      - Needed to create an app password.
      - mailcow shows its hash. If the hash shows that the password is another, it is changed.
        If it is the same, it is not written, not even with O(update_password=always).
        This needs the Python library bcrypt, where the module runs, for the hashes that mailcow makes by default (C(BLF-CRYPT)),
        and nothing for C(SSHA), C(SSHA256) and C(SSHA512).
      - For all others, and without the library, O(update_password) decides.
      - A hash in the form of Dovecot, such as C({BLF-CRYPT}$2y$10$...), is stored as it is and compared literally.
        If the server has a hash of another kind than that, it is replaced.
    type: str
  update_password:
    description:
      - When to write O(password) to an app password that exists, if it cannot be compared with what the server has.
      - V(on_create) writes it only to new app passwords.
      - V(always) writes it every time. The task is then always changed.
    type: str
    choices:
      - on_create
      - always
    default: on_create
  protocols:
    description:
      - What the app password can be used for. The list replaces the one on the server. Order makes no difference.
      - C(dav_access) is for calendars and contacts, C(eas_access) for Exchange ActiveSync,
        C(sieve_access) for filter rules, the others for mail.
      - With an empty list, it can be used for nothing.
      - Default on create is all of them. mailcow itself would take none.
    type: list
    elements: str
    choices:
      - imap_access
      - dav_access
      - smtp_access
      - eas_access
      - pop3_access
      - sieve_access
  active:
    description:
      - Whether the app password can be used.
      - Default on create is V(true).
    type: bool
  state:
    description:
      - V(present) creates the app password or changes it.
      - V(absent) deletes the app password.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_app_password_info
  - module: community.mailcow.mailcow_mailbox
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create an app password for a phone
  community.mailcow.mailcow_app_password:
    username: jane@example.com
    app_name: Phone
    password: "{{ vault_jane_phone_password }}"
  register: phone

- name: Create one for a scanner that only sends mail
  community.mailcow.mailcow_app_password:
    username: scanner@example.com
    app_name: Scanner in the hall
    password: "{{ vault_scanner_password }}"
    protocols:
      - smtp_access

- name: Lock it
  community.mailcow.mailcow_app_password:
    username: scanner@example.com
    app_name: Scanner in the hall
    active: false

- name: Set a new password, where it cannot be compared with the old one
  community.mailcow.mailcow_app_password:
    username: jane@example.com
    app_name: Phone
    password: "{{ vault_jane_phone_password }}"
    update_password: always

- name: Give one of them another name
  community.mailcow.mailcow_app_password:
    username: jane@example.com
    id: "{{ phone.status.id }}"
    app_name: Old phone

- name: Delete an app password
  community.mailcow.mailcow_app_password:
    username: jane@example.com
    app_name: Old phone
    state: absent
"""

RETURN = r"""
app_password:
  description:
    - The app password as it is now, with the names and units of the options, so that it can be given back as input.
    - In check mode, the app password as it would be.
  returned: when state=present
  type: dict
  contains:
    username:
      description: Address of the mailbox that the app password belongs to. International domains in punycode.
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
  description:
    - What mailcow says about the app password beside its options.
    - In check mode all values are V(null) when the app password does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description:
        - Number of the app password on the server,
          the value of the option O(id).
      returned: success
      type: int
      sample: 7
    created:
      description: When the app password was created, in the time zone of the server, as the server writes it.
      returned: success
      type: str
      sample: "2026-03-01 09:30:00"
    modified:
      description: When the app password was last changed, in the same form. V(null) if it never was.
      returned: success
      type: str
      sample: "2026-03-02 17:05:41"
request:
  description:
    - The request that failed.
    - V(null) when it was not about a single request, for example for a value that mailcow cannot hold.
  returned: on failure
  type: str
  sample: POST add/app-passwd
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - password_complexity
"""

from ..module_utils._kinds.app_password import APP_PASSWORD
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(APP_PASSWORD))


if __name__ == "__main__":
    main()
