#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_alias_domain
short_description: Manage alias domains
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete alias domains of a mailcow server. An alias domain is an additional name of a mail domain, under which all
    mailboxes of that domain can be reached. Aliases of the mail domain do not apply to it; create its aliases with
    M(community.mailcow.mailcow_alias). It cannot have mailboxes of its own.
  - Only specified options are managed. An omitted option is neither compared nor changed.
  - mailcow cannot rename an alias domain. It is deleted together with its target domain.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
  - community.mailcow.options.rate_limit
attributes:
  check_mode:
    support: full
    details:
      - An object that does not exist may be one that an earlier task would create, so check mode does not require the options for
        creating it.
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  alias_domain:
    description:
      - Name of the alias domain. Case makes no difference. An international name may be given in Unicode or in punycode. In Unicode,
        V(ß) becomes V(ss), as in mailcow.
      - It must not be a mail domain of the server.
    type: str
    required: true
  target_domain:
    description:
      - Name of the mail domain to which it refers. An alias domain cannot be a target.
      - When the alias domain is created, the target must not be a domain that mailcow relays
        (O(community.mailcow.mailcow_domain#module:backupmx)).
      - Required to create an alias domain.
    type: str
  active:
    description:
      - Whether the alias domain receives mail.
      - Default on create is V(true).
    type: bool
  rate_limit:
    description:
      - Maximum number of messages that may be sent from the alias domain in a time frame.
      - Either a string with number and time frame, such as V(100/h), with the time frames V(s), V(m), V(h) and V(d) for a second, a
        minute, an hour and a day.
      - Or a dictionary with C(value) and C(frame), which is V(s) if omitted.
      - V(0) removes the limit.
      - Default on create is the limit of an earlier alias domain with this name, else none.
  dkim_selector:
    description:
      - Selector of the DKIM key that mailcow generates for a new alias domain. It generates one only if O(dkim_key_size) is specified
        as well.
      - It is only used when the alias domain is created. For existing ones, use M(community.mailcow.mailcow_dkim).
      - If the key of an earlier alias domain with this name still exists, mailcow keeps that key. The module warns if its selector or
        size is different.
      - Default on create is no key, or the one of an earlier alias domain with this name.
      - A selector with a dot needs mailcow 2025-01 or newer.
    type: str
  dkim_key_size:
    description:
      - Size in bits of the DKIM key that mailcow generates for a new alias domain. O(dkim_selector) must be specified as well.
      - It is only used when the alias domain is created.
      - Default on create is no key, or the one of an earlier alias domain with this name.
    type: int
    choices:
      - 1024
      - 2048
      - 3072
      - 4096
  state:
    description:
      - V(present) creates the alias domain or changes it.
      - V(absent) deletes the alias domain, with all aliases and temporary aliases in it.
      - Its DKIM key, rate limit, BCC maps and antispam policy are kept, and take effect again when it is created again. To delete the
        key, use M(community.mailcow.mailcow_dkim).
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_alias_domain_info
  - module: community.mailcow.mailcow_alias
  - module: community.mailcow.mailcow_dkim
  - module: community.mailcow.mailcow_domain
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create an alias domain
  community.mailcow.mailcow_alias_domain:
    alias_domain: example.net
    target_domain: example.com

- name: Create one with a limit and a DKIM key of its own
  community.mailcow.mailcow_alias_domain:
    alias_domain: example.org
    target_domain: example.com
    rate_limit: 100/h
    dkim_selector: s2026
    dkim_key_size: 2048

- name: Switch an alias domain off
  community.mailcow.mailcow_alias_domain:
    alias_domain: example.net
    active: false

- name: Delete an alias domain
  community.mailcow.mailcow_alias_domain:
    alias_domain: example.net
    state: absent

- name: Set the connection once for several tasks
  module_defaults:
    group/community.mailcow.mailcow:
      url: https://mail.example.com
      api_key: "{{ vault_mailcow_api_key }}"
  block:
    - name: Create several alias domains
      community.mailcow.mailcow_alias_domain:
        alias_domain: "{{ item }}"
        target_domain: example.com
      loop:
        - example.net
        - example.org
"""

RETURN = r"""
alias_domain:
  description:
    - The alias domain as it is now, with the names and units of the options, so it is valid input for the module.
    - Options that mailcow never shows are missing, except those that check mode would write.
    - In check mode, the alias domain as it would be. For a new one, only the specified options and the defaults of this module are
      known.
  returned: when state=present
  type: dict
  contains:
    alias_domain:
      description: Name of the alias domain, in lower case, international names in punycode.
      returned: success
      type: str
      sample: example.net
    target_domain:
      description: Name of the mail domain to which it refers.
      returned: success
      type: str
      sample: example.com
    active:
      description: Whether the alias domain is active.
      returned: success
      type: bool
      sample: true
    rate_limit:
      description: The rate limit for outgoing mail.
      returned: success
      type: dict
      contains:
        value:
          description: Maximum number of messages per time frame. V(0) means no limit.
          returned: success
          type: int
          sample: 500
        frame:
          description: The time frame, one of V(s), V(m), V(h) and V(d).
          returned: success
          type: str
          sample: h
    dkim_selector:
      description: Selector of the DKIM key that would be generated. mailcow shows it only with the key.
      returned: in check mode, when a new alias domain would get it
      type: str
      sample: dkim
    dkim_key_size:
      description: Size in bits of the DKIM key that would be generated. mailcow shows it only with the key.
      returned: in check mode, when a new alias domain would get it
      type: int
      sample: 2048
status:
  description:
    - Read-only values of the alias domain.
    - In check mode all values are V(null) when the alias domain does not exist yet.
  returned: when state=present
  type: dict
  contains:
    created:
      description: When the alias domain was created, in the server's time zone and format.
      returned: success
      type: str
      sample: "2026-03-01 09:30:00"
    modified:
      description: When the alias domain was last changed, in the same format. V(null) if it never was.
      returned: success
      type: str
      sample: "2026-03-02 17:05:41"
    target_is_backupmx:
      description: Whether mailcow relays mail for the target domain to another server.
      returned: success
      type: bool
      sample: false
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/alias-domain
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - targetd_not_found example.com
"""

from ..module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(ALIAS_DOMAIN))


if __name__ == "__main__":
    main()
