#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_domain_template_info
short_description: List domain templates
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the templates for new domains of a mailcow server, or get one of them.
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
  - module: community.mailcow.mailcow_domain_template
  - module: community.mailcow.mailcow_domain
"""

EXAMPLES = r"""
- name: List all domain templates
  community.mailcow.mailcow_domain_template_info:
  register: result

- name: Show how many mailboxes each of them allows
  ansible.builtin.debug:
    msg: "{{ result.domain_templates | items2dict(key_name='template', value_name='mailboxes') }}"

- name: Look at one
  community.mailcow.mailcow_domain_template_info:
    template: Customers
"""

RETURN = r"""
domain_templates:
  description:
    - The templates, each with the names of the options of M(community.mailcow.mailcow_domain_template), and with
      RV(domain_templates[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    template:
      description: Name of the template.
      returned: success
      type: str
      sample: Customers
    aliases:
      description: Maximum number of aliases of a new domain.
      returned: success
      type: int
      sample: 400
    mailboxes:
      description: Maximum number of mailboxes of a new domain.
      returned: success
      type: int
      sample: 10
    defquota:
      description: Quota in MiB that the web interface suggests for a new mailbox.
      returned: success
      type: int
      sample: 3072
    maxquota:
      description: Maximum quota of a mailbox in MiB.
      returned: success
      type: int
      sample: 10240
    quota:
      description: Maximum sum of the quotas of all mailboxes of a new domain in MiB.
      returned: success
      type: int
      sample: 10240
    active:
      description: Whether a new domain is active.
      returned: success
      type: bool
      sample: true
    gal:
      description: Whether a new domain has a global address list in SOGo.
      returned: success
      type: bool
      sample: true
    backupmx:
      description: Whether mail is relayed to another server.
      returned: success
      type: bool
      sample: false
    relay_all_recipients:
      description: Whether mail for all recipients is relayed.
      returned: success
      type: bool
      sample: false
    relay_unknown_only:
      description: Whether only mail for recipients without a mailbox is relayed.
      returned: success
      type: bool
      sample: false
    dkim_selector:
      description: Selector of the DKIM key of a new domain.
      returned: success
      type: str
      sample: dkim
    dkim_key_size:
      description: Size in bits of the DKIM key of a new domain. V(0) means none.
      returned: success
      type: int
      sample: 2048
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
            - ID of the template on the server, the value of the option O(community.mailcow.mailcow_domain_template#module:id).
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
  sample: GET get/domain/template/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.domain_template import DOMAIN_TEMPLATE
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(DOMAIN_TEMPLATE))


if __name__ == "__main__":
    main()
