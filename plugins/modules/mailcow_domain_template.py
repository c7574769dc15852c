#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_domain_template
short_description: Set domain templates
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete templates of domains. A new domain gets the values of omitted options from the template in
    O(community.mailcow.mailcow_domain#module:template). A change of the template does not change existing domains.
  - If no template is specified, mailcow uses the template C(Default). It can be changed, but neither deleted nor renamed, and pruning
    with M(community.mailcow.mailcow_config) keeps it.
  - A template is identified by its name. Case makes no difference. mailcow allows several with the same name, if one has been renamed.
    If there are several, the task fails and lists their IDs, and O(id) selects one of them.
  - Only specified options are managed. An omitted option is neither compared nor changed. V(false), V(0) and an empty list count as
    specified.
  - mailcow replaces the whole template with each change, and damages it if something is omitted. The module sends the current values of
    omitted options, and repairs templates that were damaged in this way.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
  - community.mailcow.options.rate_limit
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  template:
    description:
      - Name of the template, at most 255 characters.
      - Required to create a template and, unless O(id) is given, to find one. Together with O(id), the new name.
    type: str
  id:
    description:
      - ID of the template on the server, as in RV(status.id).
      - Only required to rename a template, or if several have the same name.
      - The task fails if there is no domain template with this ID, unless O(state=absent).
    type: int
  aliases:
    description:
      - Maximum number of aliases of a new domain.
      - Default on create is V(400).
    type: int
  mailboxes:
    description:
      - Maximum number of mailboxes of a new domain.
      - Default on create is V(10).
    type: int
  defquota:
    description:
      - Quota in MiB that the web interface suggests for a new mailbox, at least V(1) and at most O(maxquota).
      - Default on create is V(3072).
    type: int
  maxquota:
    description:
      - Maximum quota of a mailbox in MiB, at least V(1) and at most O(quota).
      - Default on create is V(10240).
    type: int
  quota:
    description:
      - Maximum sum of the quotas of all mailboxes of a new domain in MiB, at least V(1).
      - Default on create is V(10240).
    type: int
  active:
    description:
      - Whether a new domain is active.
      - Default on create is V(true).
    type: bool
  gal:
    description:
      - Whether the users of a new domain see each other in the global address list of SOGo.
      - Default on create is V(true).
    type: bool
  backupmx:
    description:
      - Whether mail for a new domain is relayed to another server.
      - Default on create is V(false).
    type: bool
  relay_all_recipients:
    description:
      - Whether mail for all recipients of a new domain is relayed. mailcow then also switches on C(backupmx) for the domain.
      - Default on create is V(false).
    type: bool
  relay_unknown_only:
    description:
      - Whether only mail for recipients without a mailbox is relayed. mailcow then also switches on C(backupmx) and
        C(relay_all_recipients) for the domain.
      - Default on create is V(false).
    type: bool
  dkim_selector:
    description:
      - Selector of the DKIM key that mailcow generates for a new domain.
      - Default on create is V(dkim).
      - A selector with a dot needs mailcow 2025-01 or newer.
    type: str
  dkim_key_size:
    description:
      - Size in bits of the DKIM key that mailcow generates for a new domain. V(0) generates none.
      - Default on create is V(2048).
    type: int
    choices:
      - 0
      - 1024
      - 2048
      - 3072
      - 4096
  rate_limit:
    description:
      - Maximum number of messages that may be sent from a new domain in a time frame.
      - Either a string with number and time frame, such as V(100/h), with the time frames V(s), V(m), V(h) and V(d) for a second, a
        minute, an hour and a day.
      - Or a dictionary with C(value) and C(frame), which is V(s) if omitted.
      - V(0) removes the limit.
      - Default on create is no limit.
  tags:
    description:
      - The tags of a new domain. The list replaces the one on the server. Order and case make no difference.
      - Default on create is none.
    type: list
    elements: str
  state:
    description:
      - V(present) creates the template or changes it.
      - V(absent) deletes the template.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_domain_template_info
  - module: community.mailcow.mailcow_domain
  - module: community.mailcow.mailcow_mailbox_template
"""

EXAMPLES = r"""
- name: Customers get 20 mailboxes and 40 GiB
  community.mailcow.mailcow_domain_template:
    template: Customers
    mailboxes: 20
    quota: 40960
    rate_limit:
      value: 500
      frame: h
    tags:
      - customer

- name: Create a domain of it
  community.mailcow.mailcow_domain:
    domain: example.com
    template: Customers

- name: Give all other domains larger DKIM keys
  community.mailcow.mailcow_domain_template:
    template: Default
    dkim_key_size: 4096

- name: Delete the template, which changes no domain
  community.mailcow.mailcow_domain_template:
    template: Customers
    state: absent
"""

RETURN = r"""
domain_template:
  description:
    - The template as it is now, with the names of the options, so it is valid input for the module.
    - In check mode, the template as it would be.
  returned: when state=present
  type: dict
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
  description:
    - Read-only values of the template.
    - In check mode all values are V(null) when the template does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description:
        - ID of the template on the server, the value of the option O(id).
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
  sample: POST add/domain/template
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
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(DOMAIN_TEMPLATE))


if __name__ == "__main__":
    main()
