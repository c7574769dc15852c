#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_domain_info
short_description: List mail domains
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the mail domains of a mailcow server, or get one of them.
  - Alias domains are not among them. See M(community.mailcow.mailcow_alias_domain_info).
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  domain:
    description:
      - Name of the only domain to get, in Unicode or in punycode. The list is empty if there is no such domain.
      - If omitted, all domains are listed.
    type: str
seealso:
  - module: community.mailcow.mailcow_domain
  - module: community.mailcow.mailcow_alias_domain_info
"""

EXAMPLES = r"""
- name: List all domains
  community.mailcow.mailcow_domain_info:
  register: result

- name: Show the domains that have room for less than three more mailboxes
  ansible.builtin.debug:
    msg: "{{ result.domains | selectattr('status.mboxes_left', 'lt', 3) | map(attribute='domain') }}"

- name: Get one domain
  community.mailcow.mailcow_domain_info:
    domain: example.com
  register: result

- name: Fail if it does not exist or is not active
  ansible.builtin.assert:
    that:
      - result.domains | length == 1
      - result.domains[0].active
"""

RETURN = r"""
domains:
  description:
    - The domains, each with the names and units of the options of M(community.mailcow.mailcow_domain), and with RV(domains[].status).
      Without the latter, it is valid input for that module.
    - Options that mailcow never shows are missing.
  returned: success
  type: list
  elements: dict
  contains:
    domain:
      description: Name of the domain, in lower case, international names in punycode.
      returned: success
      type: str
      sample: example.com
    description:
      description: Description of the domain.
      returned: success
      type: str
      sample: Example Ltd
    aliases:
      description: Maximum number of aliases of the domain.
      returned: success
      type: int
      sample: 400
    mailboxes:
      description: Maximum number of mailboxes of the domain.
      returned: success
      type: int
      sample: 20
    defquota:
      description: Quota that the web interface suggests for a new mailbox, in MiB.
      returned: success
      type: int
      sample: 3072
    maxquota:
      description: Maximum quota of a mailbox in MiB.
      returned: success
      type: int
      sample: 10240
    quota:
      description: Maximum sum of the quotas of all mailboxes in MiB.
      returned: success
      type: int
      sample: 20480
    active:
      description: Whether the domain is active.
      returned: success
      type: bool
      sample: true
    gal:
      description: Whether the domain has a global address list in SOGo.
      returned: success
      type: bool
      sample: true
    backupmx:
      description:
        - Whether mailcow relays mail for the domain.
        - V(null) if another program stored a number other than 0 and 1, with which mailcow neither relays nor accepts mail for the domain.
      returned: success
      type: bool
      sample: false
    relay_all_recipients:
      description: Whether mail to all recipients is relayed.
      returned: success
      type: bool
      sample: false
    relay_unknown_only:
      description: Whether only mail to recipients without a mailbox is relayed.
      returned: success
      type: bool
      sample: false
    relayhost:
      description:
        - ID of the relay host on the server, as a string. V(0) means none.
        - In check mode, the name of one that does not exist yet.
      returned: success
      type: str
      sample: "0"
    tags:
      description: The tags of the domain, sorted.
      returned: success
      type: list
      elements: str
      sample:
        - gold
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
      description: Read-only values of the domain.
      returned: success
      type: dict
      contains:
        created:
          description: When the domain was created, in the server's time zone and format.
          returned: success
          type: str
          sample: "2026-03-01 09:30:00"
        modified:
          description: When the domain was last changed, in the same format. V(null) if it never was.
          returned: success
          type: str
          sample: "2026-03-02 17:05:41"
        display_name:
          description: Name of the domain in Unicode.
          returned: success
          type: str
          sample: example.com
        mboxes_in_domain:
          description: Number of its mailboxes.
          returned: success
          type: int
          sample: 12
        mboxes_left:
          description: Number of mailboxes that can still be created.
          returned: success
          type: int
          sample: 8
        aliases_in_domain:
          description: Number of its aliases, including those in its alias domains.
          returned: success
          type: int
          sample: 31
        aliases_left:
          description: Number of aliases that can still be created.
          returned: success
          type: int
          sample: 369
        msgs_total:
          description: Number of messages in its mailboxes.
          returned: success
          type: int
          sample: 48210
        bytes_total:
          description: Total size of its messages in bytes.
          returned: success
          type: int
          sample: 5368709120
        quota_used_in_domain:
          description: Sum of the quotas of its mailboxes in bytes. Mailboxes with unlimited quota count as 0.
          returned: success
          type: int
          sample: 12884901888
        max_new_mailbox_quota:
          description: Maximum quota that a new mailbox can have, in bytes.
          returned: success
          type: int
          sample: 8589934592
        def_new_mailbox_quota:
          description: Quota that the web interface suggests for a new mailbox, in bytes.
          returned: success
          type: int
          sample: 3221225472
        domain_admins:
          description: User names of the domain administrators of the domain.
          returned: success
          type: list
          elements: str
          sample:
            - postmaster
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

from ..module_utils._kinds.domain import DOMAIN
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(DOMAIN))


if __name__ == "__main__":
    main()
