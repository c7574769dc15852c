#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_global_sieve_filter
short_description: Manage global filters
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Change the Sieve filters that run for each message that a mailcow server delivers, for all mailboxes. The web interface of mailcow
    calls them global filters.
  - One runs before the filters of a mailbox, and one after them. They can be emptied, but not deleted.
  - On a new server, both contain scripts of mailcow. The postfilter moves spam to the folder Junk, so keep the parts that you need.
  - With each change of a script, mailcow restarts Dovecot, which interrupts all IMAP and POP3 connections.
  - Only specified options are managed. An omitted option is neither compared nor changed. An empty string counts as specified.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - The syntax of a script is not checked, because only mailcow can do that, when the script is written.
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  prefilter:
    description:
      - The script that runs before the prefilter of a mailbox, for example the text of a file by
        C(lookup('ansible.builtin.file', 'before.sieve')).
      - mailcow checks the syntax. If the script is invalid, the task fails with the line and the reason.
      - The type of line breaks and empty lines at the end make no difference.
    type: str
  postfilter:
    description:
      - The script that runs after the postfilter of a mailbox, in the same format as O(prefilter).
    type: str
seealso:
  - module: community.mailcow.mailcow_global_sieve_filter_info
  - module: community.mailcow.mailcow_sieve_filter
"""

EXAMPLES = r"""
- name: Move newsletters to a folder of their own, for everybody
  community.mailcow.mailcow_global_sieve_filter:
    prefilter: |
      require ["fileinto", "mailbox"];
      if exists "List-Unsubscribe" {
        fileinto :create "Newsletters";
        stop;
      }

- name: Take both scripts from files
  community.mailcow.mailcow_global_sieve_filter:
    prefilter: "{{ lookup('ansible.builtin.file', 'before.sieve') }}"
    postfilter: "{{ lookup('ansible.builtin.file', 'after.sieve') }}"
"""

RETURN = r"""
global_sieve_filter:
  description:
    - The filters as they are now, with the names of the options, so they are valid input for the module.
    - In check mode, the filters as they would be.
  returned: success
  type: dict
  contains:
    prefilter:
      description: The script that runs before all others. Empty if there is none.
      returned: success
      type: str
      sample: "keep;\n"
    postfilter:
      description: The script that runs after all others. Empty if there is none.
      returned: success
      type: str
      sample: "require \"fileinto\";\nif header :contains \"X-Spam-Flag\" \"YES\" {\n  fileinto \"Junk\";\n}\n"
status:
  description: Always empty, because the filters have no read-only values.
  returned: success
  type: dict
  sample: {}
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/global-filter
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.global_sieve_filter import GLOBAL_SIEVE_FILTER
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(GLOBAL_SIEVE_FILTER))


if __name__ == "__main__":
    main()
