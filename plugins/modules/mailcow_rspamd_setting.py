#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_rspamd_setting
short_description: Manage Rspamd rules
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete entries of the settings map of Rspamd, the spam filter of mailcow. They are rules for selected messages.
  - Only specified options are managed. An omitted option is neither compared nor changed. V(false) counts as specified.
  - Neither mailcow nor this module checks the syntax of a setting. Rspamd ignores invalid parts and writes them to its log.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  description:
    description:
      - Purpose of the setting, at most 255 characters.
      - It identifies the setting. If there is none with this description, one is created. Case is ignored when the setting is looked
        up, but a difference in case is corrected. mailcow allows several settings with the same description. If several match, the task
        fails and lists their IDs; select one with O(id).
      - Required if O(id) is omitted. Together with O(id), the new description. It cannot be changed to an empty string.
    type: str
  content:
    description:
      - The rules in the syntax of Rspamd, without the braces around them. Leading and trailing spaces and line breaks make no
        difference.
      - Required to create a setting. It cannot be changed to an empty string.
    type: str
  active:
    description:
      - Whether Rspamd applies the setting.
      - Default on create is V(true).
    type: bool
  id:
    description:
      - ID of the setting on the server, as in RV(status.id).
      - Only required if several settings match O(description), or to change O(description) itself.
      - The task fails if there is no setting with this ID, except with O(state=absent).
    type: int
  state:
    description:
      - V(present) creates the setting or changes it.
      - V(absent) deletes the setting.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_rspamd_setting_info
  - module: community.mailcow.mailcow_domain_policy
  - name: Rspamd settings
    description: The syntax of the rules.
    link: https://docs.rspamd.com/configuration/settings/
"""

EXAMPLES = r"""
- name: Accept all mail for the postmaster
  community.mailcow.mailcow_rspamd_setting:
    description: Mail for the postmaster is never refused
    content: |
      priority = 10;
      rcpt = "/^postmaster@/";
      want_spam = yes;
  register: result

- name: Give it another description
  community.mailcow.mailcow_rspamd_setting:
    id: "{{ result.status.id }}"
    description: Postmaster

- name: Switch it off
  community.mailcow.mailcow_rspamd_setting:
    description: Postmaster
    active: false

- name: Delete it
  community.mailcow.mailcow_rspamd_setting:
    description: Postmaster
    state: absent
"""

RETURN = r"""
rspamd_setting:
  description:
    - The setting as it is now, with the names of the options, so it is valid input for the module.
    - In check mode, the setting as it would be.
  returned: when state=present
  type: dict
  contains:
    description:
      description: Purpose of the setting. Empty if it was created without one.
      returned: success
      type: str
      sample: Postmaster
    content:
      description: The rules in the syntax of Rspamd.
      returned: success
      type: str
      sample: want_spam = yes;
    active:
      description: Whether Rspamd applies the setting.
      returned: success
      type: bool
      sample: true
status:
  description:
    - Read-only values of the setting.
    - In check mode all values are V(null) when the setting does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description: ID of the setting on the server.
      returned: success
      type: int
      sample: 7
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/rsetting
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.rspamd_setting import RSPAMD_SETTING
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(RSPAMD_SETTING))


if __name__ == "__main__":
    main()
