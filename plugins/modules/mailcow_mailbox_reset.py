#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_mailbox_reset
short_description: Reset mailbox caches
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Reset data of mailboxes other than mail, such as the ActiveSync cache of a phone that no longer synchronizes.
  - The reset is done in each run.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - A mailbox that does not exist may be one that an earlier task would create.
  diff_mode:
    support: none
  idempotent:
    support: partial
    details:
      - mailcow does not show whether there is a cache or a profile. A task that resets these always reports a change.
      - Logins are only reset if there are any.
options:
  addresses:
    description:
      - Addresses of the mailboxes. Case makes no difference. An international domain may be given in Unicode or in punycode.
      - The task fails if there is no such mailbox.
    type: list
    elements: str
    required: true
  reset:
    description:
      - What to reset.
      - V(activesync) is the cache of SOGo for Exchange ActiveSync. Devices then synchronize everything again.
      - V(sogo_profile) is the SOGo profile with all calendars and address books, B(which are deleted).
      - V(logins) is the list of the last logins that M(community.mailcow.mailcow_login_info) shows. mailcow allows this even with the
        read-only API key.
    type: list
    elements: str
    choices:
      - activesync
      - sogo_profile
      - logins
    required: true
seealso:
  - module: community.mailcow.mailcow_login_info
  - module: community.mailcow.mailcow_mailbox
"""

EXAMPLES = r"""
- name: Make Jane's phone synchronize everything again
  community.mailcow.mailcow_mailbox_reset:
    addresses:
      - jane@example.com
    reset:
      - activesync

- name: Forget who has logged in to a shared mailbox
  community.mailcow.mailcow_mailbox_reset:
    addresses:
      - info@example.com
    reset:
      - logins
"""

RETURN = r"""
done:
  description:
    - The addresses of the mailboxes by what was reset.
    - In check mode, those that would be reset.
  returned: success
  type: dict
  contains:
    activesync:
      description: Mailboxes whose ActiveSync cache was reset.
      returned: when O(reset) contains it
      type: list
      elements: str
      sample:
        - jane@example.com
    sogo_profile:
      description: Mailboxes whose profile in SOGo was reset.
      returned: when O(reset) contains it
      type: list
      elements: str
      sample:
        - jane@example.com
    logins:
      description: Mailboxes whose logins were deleted. Mailboxes without logins are not included.
      returned: when O(reset) contains it
      type: list
      elements: str
      sample:
        - jane@example.com
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST delete/eas_cache
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.upkeep import MAILBOX_RESET


def main() -> None:
    run(MAILBOX_RESET)


if __name__ == "__main__":
    main()
