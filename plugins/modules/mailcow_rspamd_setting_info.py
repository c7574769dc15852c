#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_rspamd_setting_info
short_description: List Rspamd rules
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the entries of the settings map of Rspamd, the spam filter of a mailcow server, or some of them. They are rules for selected
    messages.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  description:
    description:
      - Description of the settings to get. Case makes no difference. The list is empty if there is none.
      - If this and O(id) are omitted, all are listed.
    type: str
  id:
    description:
      - ID of the only setting to get.
    type: int
seealso:
  - module: community.mailcow.mailcow_rspamd_setting
"""

EXAMPLES = r"""
- name: List all Rspamd settings
  community.mailcow.mailcow_rspamd_setting_info:
  register: result

- name: Show those that are switched off
  ansible.builtin.debug:
    msg: "{{ result.rspamd_settings | rejectattr('active') | map(attribute='description') }}"

- name: Look for one
  community.mailcow.mailcow_rspamd_setting_info:
    description: Postmaster
"""

RETURN = r"""
rspamd_settings:
  description:
    - The settings, each with the names of the options of M(community.mailcow.mailcow_rspamd_setting), and with
      RV(rspamd_settings[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
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
      description: Read-only values of the setting.
      returned: success
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
  sample: GET get/rsetting/all
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
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(RSPAMD_SETTING))


if __name__ == "__main__":
    main()
