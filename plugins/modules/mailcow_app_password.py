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
  - Create, change and delete app passwords of mailboxes of a mailcow server. An app password is an additional password of a mailbox for
    a single app or device. It can be limited to some protocols, and deleted separately.
  - Within its mailbox, an app password is identified by its name. Case makes no difference. mailcow allows several with the same name.
    If there are several, the task fails and lists their IDs, and O(id) selects one of them.
  - Only specified options are managed. An omitted option is neither compared nor changed. V(false) and an empty list count as
    specified.
  - With each change, mailcow escapes the name for HTML again, so that C(A & B) becomes C(A &amp;amp; B) and so on. The module always
    sends the original name, and removes all such escapes when reading. So a name cannot contain an escape such as C(&amp;) itself.
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
      - An object that does not exist may be one that an earlier task would create, so check mode does not require the options for
        creating it.
      - A new password is checked against the password policy of the server. Before 2025-09c, mailcow accepts any.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - Without the Python library bcrypt, a password cannot be compared with the one on the server, so O(update_password=always)
        changes it in every run.
options:
  username:
    description:
      - Address of the mailbox of the app password. It cannot be changed.
      - Case makes no difference. An international domain may be given in Unicode or in punycode.
      - Always required, even with O(id), because mailcow lists app passwords only by mailbox.
    type: str
  app_name:
    description:
      - Name of the app password, at most 255 characters. Each C(&), C(<), C(>), C(") and C(') counts as 4 to 6. Spaces around it are
        ignored.
      - Required to create an app password and, unless O(id) is given, to find one.
      - Together with O(id), the new name.
    type: str
  id:
    description:
      - ID of the app password on the server, as in RV(status.id).
      - Only required if the mailbox has several app passwords with the same name, or to rename one.
      - The task fails if the mailbox has no app password with this ID, unless O(state=absent).
    type: int
  password:
    description:
      - The password. It must meet the password policy of the server.
      - Required to create an app password.
      - mailcow shows its hash. The password is changed if it does not match the hash. If it matches, it is not written, not even with
        O(update_password=always). For the hashes that mailcow creates by default (C(BLF-CRYPT)), this needs the Python library bcrypt
        on the host that runs the module; C(SSHA), C(SSHA256) and C(SSHA512) need no library.
      - For all other hashes, and without the library, O(update_password) determines when it is written.
      - A hash in Dovecot's format, such as C({BLF-CRYPT}$2y$10$...), is stored as it is and compared literally. If the server has a
        hash of a different scheme, it is replaced.
    type: str
  update_password:
    description:
      - When to write O(password) to an existing app password, if it cannot be compared with the one on the server.
      - V(on_create) writes it only to new app passwords.
      - V(always) writes it in every run. The task then always reports a change.
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
      - With an empty list, it cannot be used at all.
      - Default on create is all of them; mailcow itself would allow none.
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
    - The app password as it is now, with the names and units of the options, so it is valid input for the module.
    - In check mode, the app password as it would be.
  returned: when state=present
  type: dict
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
  description:
    - Read-only values of the app password.
    - In check mode all values are V(null) when the app password does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description:
        - ID of the app password on the server, the value of the option O(id).
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
  sample: POST add/app-passwd
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
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
