#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_alias_domain_info
short_description: List alias domains
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the alias domains of a mailcow server, or get one of them.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  alias_domain:
    description:
      - Name of the only alias domain to get, in Unicode or in punycode. The list is empty if there is no such alias domain.
      - If omitted, all alias domains are listed.
    type: str
seealso:
  - module: community.mailcow.mailcow_alias_domain
"""

EXAMPLES = r"""
- name: List all alias domains
  community.mailcow.mailcow_alias_domain_info:
  register: result

- name: Show the further names of a domain
  ansible.builtin.debug:
    msg: "{{ result.alias_domains | selectattr('target_domain', 'eq', 'example.com') | map(attribute='alias_domain') }}"

- name: Get one alias domain
  community.mailcow.mailcow_alias_domain_info:
    alias_domain: example.net
  register: result
"""

RETURN = r"""
alias_domains:
  description:
    - The alias domains, each with the names and units of the options of M(community.mailcow.mailcow_alias_domain), and with
      RV(alias_domains[].status). Without the latter, it is valid input for that module.
    - Options that mailcow never shows are missing.
  returned: success
  type: list
  elements: dict
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
    status:
      description: Read-only values of the alias domain.
      returned: success
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
  sample: GET get/alias-domain/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(ALIAS_DOMAIN))


if __name__ == "__main__":
    main()
