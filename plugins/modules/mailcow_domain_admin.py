#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_domain_admin
short_description: Manage domain admins
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change, rename and delete domain administrators of a mailcow server.
    A domain administrator logs in to the web interface of mailcow and manages some domains there.
  - Only specified options are managed. An omitted option is neither compared nor changed. V(false) and an empty O(acl) count as
    specified.
  - Administrators of the whole server are managed by M(community.mailcow.mailcow_admin).
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
  - community.mailcow.options.update_write_only
attributes:
  check_mode:
    support: full
    details:
      - An object that does not exist may be one that an earlier task would create, so check mode does not require the options for
        creating it.
      - A new password is checked against the password policy of the server.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - mailcow shows neither the password nor the permissions. With O(update_password=always) and O(password),
        or with O(update_write_only=always) and O(acl), a task always reports a change.
options:
  username:
    description:
      - User name for the login. It consists of ASCII letters, digits, V(_), V(.) and V(-).
      - Case makes no difference. mailcow keeps it in lower case.
      - It must not be the name of another administrator or of a mailbox.
    type: str
    required: true
  password:
    description:
      - Password of the administrator. Required to create one.
      - It must meet the password policy of the server. A hash with a scheme that mailcow supports, such as C({BLF-CRYPT}$2y$10$...), is
        stored as it is.
      - mailcow checks the password last. If it rejects a new password of an existing administrator, it has already changed O(domains)
        and O(active).
      - O(update_password) determines when it is written.
    type: str
  domains:
    description:
      - Names of all domains that the administrator manages. The list replaces the one on the server.
        Order and case make no difference. International names may be given in Unicode or in punycode.
      - Each must be a mail domain of the server. An alias domain is managed together with its target domain.
      - Required to create an administrator. It cannot be empty. When the last domain of an administrator is deleted, mailcow deletes
        the administrator as well.
    type: list
    elements: str
  active:
    description:
      - Whether the administrator may log in.
      - Default on create is V(true).
    type: bool
  force_tfa:
    description:
      - Whether an administrator without a second factor has to set one up at the next login.
      - Default on create is V(false).
      - mailcow itself resets this with each change of an administrator; the module keeps it.
      - Needs mailcow 2026-03 or newer. On an older server V(false) holds, and anything else is refused.
    type: bool
  force_pw_update:
    description:
      - Whether the administrator has to choose a new password at the next login.
      - Default on create is V(false).
      - mailcow itself resets this with each change of an administrator; the module keeps it.
      - Needs mailcow 2026-03 or newer. On an older server V(false) holds, and anything else is refused.
    type: bool
  acl:
    description:
      - What the administrator may do with the domains and their mailboxes. Everything that is not in the list is forbidden; an empty
        list forbids everything.
      - mailcow never shows it. O(update_write_only) determines when it is written.
      - Default on create is all but V(pushover), V(extend_sender_acl), V(unlimited_quota), V(alias_domains) and V(domain_desc).
    type: list
    elements: str
    choices:
      syncjobs: Manage sync jobs.
      quarantine: See and handle messages in quarantine.
      login_as: Log in as the user of a mailbox.
      sogo_access: Decide whether a mailbox may use SOGo.
      app_passwds: Manage app passwords.
      bcc_maps: Manage BCC maps.
      pushover: Change the Pushover settings of mailboxes.
      filters: Manage Sieve filters.
      ratelimit: Change rate limits.
      spam_policy: Manage the allow lists and block lists.
      extend_sender_acl: Let mailboxes send with external addresses.
      unlimited_quota: Create mailboxes with unlimited quota.
      protocol_access: Decide which protocols a mailbox may use.
      smtp_ip_access: Decide from which IP addresses a mailbox may send.
      alias_domains: Manage alias domains.
      mailbox_relayhost: Choose the relay host of a mailbox.
      domain_relayhost: Choose the relay host of a domain.
      domain_desc: Change the description of a domain.
  disable_tfa:
    description:
      - With V(true), mailcow does not ask for the second factor at the next login, for somebody who has lost it. After that login, it
        asks for it again, unless its owner has removed it.
      - V(false) is the same as omitting it, because only the owner can set up a second factor.
    type: bool
  update_password:
    description: When to write O(password), which mailcow never shows.
    type: str
    choices:
      on_create: Only when the administrator is created. The password of an existing one is not changed.
      always: Each time the task runs. The task then always reports a change.
    default: on_create
  update_write_only:
    description: When to write O(acl), which mailcow never shows.
  rename_to:
    description:
      - New name of the administrator. Password, permissions and domains are kept.
      - If the administrator O(username) no longer exists, the other options apply to this name, so the task can be repeated. If neither
        exists, the administrator is created under this name.
      - The task fails if both exist, if an administrator of the whole server has the new name, or if only its case would change.
      - Ignored with O(state=absent).
    type: str
  state:
    description:
      - V(present) creates the domain administrator or changes it.
      - V(absent) deletes the domain administrator. The domains are kept.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_domain_admin_info
  - module: community.mailcow.mailcow_domain
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create an administrator for two domains
  community.mailcow.mailcow_domain_admin:
    username: jane
    password: "{{ vault_jane_password }}"
    domains:
      - example.com
      - example.net
    force_tfa: true

- name: Create one that may only manage the quarantine and rate limits
  community.mailcow.mailcow_domain_admin:
    username: helpdesk
    password: "{{ vault_helpdesk_password }}"
    domains:
      - example.com
    acl:
      - quarantine
      - ratelimit

- name: Change what an administrator that exists may do; this always reports a change
  community.mailcow.mailcow_domain_admin:
    username: helpdesk
    acl:
      - quarantine
      - ratelimit
      - spam_policy
    update_write_only: always

- name: Set a new password, to be changed at the next login; this always reports a change
  community.mailcow.mailcow_domain_admin:
    username: jane
    password: "{{ vault_jane_new_password }}"
    update_password: always
    force_pw_update: true

- name: Let an administrator in who has lost the second factor; this reports a change once more after the next login
  community.mailcow.mailcow_domain_admin:
    username: jane
    disable_tfa: true

- name: Lock an administrator out
  community.mailcow.mailcow_domain_admin:
    username: jane
    active: false

- name: Rename an administrator
  community.mailcow.mailcow_domain_admin:
    username: jane
    rename_to: jane.doe

- name: Delete an administrator
  community.mailcow.mailcow_domain_admin:
    username: jane.doe
    state: absent
"""

RETURN = r"""
domain_admin:
  description:
    - The domain administrator as it is now, with the names of the options, so it is valid input for the module. It shows neither the
      password nor the permissions.
    - In check mode, the domain administrator as it would be.
  returned: when state=present
  type: dict
  contains:
    username:
      description: Name of the administrator.
      returned: success
      type: str
      sample: jane
    domains:
      description: Names of the domains that the administrator manages, international ones in punycode.
      returned: success
      type: list
      elements: str
      sample:
        - example.com
        - example.net
    active:
      description: Whether the administrator may log in.
      returned: success
      type: bool
      sample: true
    force_tfa:
      description: Whether an administrator without a second factor has to set one up at the next login.
      returned: success
      type: bool
      sample: false
    force_pw_update:
      description: Whether the administrator has to choose a new password at the next login.
      returned: success
      type: bool
      sample: false
    disable_tfa:
      description: V(false) if the administrator has an active second factor.
      returned: when true
      type: bool
      sample: false
    acl:
      description: What the administrator will be allowed to do. mailcow never shows it.
      returned: in check mode, when it would be written to a new administrator
      type: list
      elements: str
      sample:
        - quarantine
status:
  description:
    - Read-only values of the domain administrator.
    - In check mode all values are V(null) when the domain administrator does not exist yet.
  returned: when state=present
  type: dict
  contains:
    tfa_active:
      description: Whether the administrator has an active second factor.
      returned: success
      type: bool
      sample: false
    created:
      description: When the administrator was created or last changed, in the server's time zone and format.
      returned: success
      type: str
      sample: "2026-03-01 09:30:00"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/domain-admin
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - object_exists jane
"""

from ..module_utils._kinds.domain_admin import DOMAIN_ADMIN
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(DOMAIN_ADMIN))


if __name__ == "__main__":
    main()
