#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_sieve_filter
short_description: Manage Sieve filters
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete Sieve filters of mailboxes, such as an out-of-office reply or a forward with a copy.
    The web interface of mailcow calls them filters.
  - A mailbox can have any number of filters, of which at most one prefilter and one postfilter are active. When mailcow activates a
    filter, it deactivates the other filters of the same mailbox and type, and the module gives a warning with the one that was active
    before. If one task of M(community.mailcow.mailcow_config) declares two of them as active, it fails before anything is changed.
  - Within its mailbox and type, a filter is identified by its name. Case makes no difference. mailcow allows several with the same
    name. If there are several, the task fails and lists their IDs, and O(id) selects one of them.
  - Only specified options are managed. An omitted option is neither compared nor changed. V(false) counts as specified.
  - When a mailbox is deleted, mailcow deletes its filters with it.
  - The owner of a mailbox can have another script, created in SOGo or with ManageSieve. M(community.mailcow.mailcow_sieve_script_info)
    shows it; mailcow cannot change it.
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
      - The syntax of a script is not checked, because only mailcow can do that, when the script is written.
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  username:
    description:
      - Address of the mailbox of the filter. It cannot be changed.
      - Case makes no difference. An international domain may be given in Unicode or in punycode.
      - Always required, even with O(id).
    type: str
  filter_type:
    description:
      - When the filter runs.
      - V(prefilter) runs after the global prefilter of the server, and before the script of the mailbox owner.
      - V(postfilter) runs after the script of the mailbox owner, and before the global postfilter of the server.
      - Neither C(keep) nor an error in a script stops the following ones.
      - Required to create a filter and, unless O(id) is given, to find one. Together with O(id), the new type.
    type: str
    choices:
      - prefilter
      - postfilter
  script_desc:
    description:
      - Name of the filter, at most 255 characters.
      - Required to create a filter and, unless O(id) is given, to find one. Together with O(id), the new name. It cannot be empty.
    type: str
  id:
    description:
      - ID of the filter on the server, as in RV(status.id).
      - Only required if the mailbox has several filters of one type and name, or to give one another name or type.
      - The task fails if the mailbox has no filter with this ID, unless O(state=absent).
    type: int
  script_data:
    description:
      - The script, for example the text of a file by C(lookup('ansible.builtin.file', 'forward.sieve')).
      - mailcow checks the syntax. If the script is invalid, the task fails with the line and the reason.
      - The type of line breaks and empty lines at the end make no difference.
      - Required to create a filter. It cannot be empty, and can have at most 65535 bytes.
    type: str
  active:
    description:
      - Whether the filter is the active one of its mailbox and type.
      - V(true) deactivates the other filters of the same mailbox and type.
      - Default on create is V(true).
    type: bool
  state:
    description:
      - V(present) creates the filter or changes it.
      - V(absent) deletes the filter.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_sieve_filter_info
  - module: community.mailcow.mailcow_global_sieve_filter
  - module: community.mailcow.mailcow_sieve_script_info
  - name: RFC 5228
    description: The language of Sieve scripts.
    link: https://www.rfc-editor.org/rfc/rfc5228
"""

EXAMPLES = r"""
- name: Forward all mail of Jane, and keep a copy
  community.mailcow.mailcow_sieve_filter:
    username: jane@example.com
    filter_type: prefilter
    script_desc: Forward
    script_data: |
      require ["copy"];
      redirect :copy "jane@elsewhere.example";

- name: Answer while Joe is out of office, at most every three days to each sender
  community.mailcow.mailcow_sieve_filter:
    username: joe@example.com
    filter_type: postfilter
    script_desc: Out of office
    script_data: |
      require ["vacation"];
      vacation :days 3 :subject "Out of office" :addresses ["joe@example.com", "sales@example.com"]
      text:
      I am back on Monday.
      In urgent cases, write to jane@example.com.
      .
      ;

- name: Joe is back
  community.mailcow.mailcow_sieve_filter:
    username: joe@example.com
    filter_type: postfilter
    script_desc: Out of office
    active: false

- name: Take the script from a file
  community.mailcow.mailcow_sieve_filter:
    username: jane@example.com
    filter_type: postfilter
    script_desc: Folders
    script_data: "{{ lookup('ansible.builtin.file', 'folders.sieve') }}"

- name: Delete a filter
  community.mailcow.mailcow_sieve_filter:
    username: jane@example.com
    filter_type: prefilter
    script_desc: Forward
    state: absent
"""

RETURN = r"""
sieve_filter:
  description:
    - The filter as it is now, with the names of the options, so it is valid input for the module.
    - In check mode, the filter as it would be.
  returned: when state=present
  type: dict
  contains:
    username:
      description: Address of the mailbox of the filter. International domains in punycode.
      returned: success
      type: str
      sample: jane@example.com
    filter_type:
      description: When the filter runs.
      returned: success
      type: str
      sample: prefilter
    script_desc:
      description: Name of the filter.
      returned: success
      type: str
      sample: Forward
    script_data:
      description: The script, with a line feed at the end of each line.
      returned: success
      type: str
      sample: "require [\"copy\"];\nredirect :copy \"jane@elsewhere.example\";\n"
    active:
      description: Whether the filter is the active one of its mailbox and type.
      returned: success
      type: bool
      sample: true
status:
  description:
    - Read-only values of the filter.
    - In check mode all values are V(null) when the filter does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description: ID of the filter on the server, the value of the option O(id).
      returned: success
      type: int
      sample: 7
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/filter
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.sieve_filter import SIEVE_FILTER
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(SIEVE_FILTER))


if __name__ == "__main__":
    main()
