#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_ratelimit_reset
short_description: Reset rate limits
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Reset the counters of rate limits, so that users who have exceeded theirs can send again. If it is the limit of a domain, this
    applies to the whole domain. The limits themselves are not changed, see O(community.mailcow.mailcow_mailbox#module:rate_limit).
  - The log V(ratelimited) of M(community.mailcow.mailcow_log_info) shows which limits were exceeded. Limits that are no longer there do
    not have to be reset.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It reads the log and returns the limits that would be reset.
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  users:
    description: Login addresses of the users whose limits are reset. Users who have not exceeded a limit are ignored.
    type: list
    elements: str
  hashes:
    description: Limits to reset, as in C(rl_hash) of the log. Limits that are not in the log are ignored.
    type: list
    elements: str
  all:
    description: Whether to reset all limits that were exceeded. Otherwise O(users) or O(hashes) is required.
    type: bool
    default: false
seealso:
  - module: community.mailcow.mailcow_log_info
  - module: community.mailcow.mailcow_mailbox
  - module: community.mailcow.mailcow_domain
"""

EXAMPLES = r"""
- name: Let a user send again
  community.mailcow.mailcow_ratelimit_reset:
    users:
      - jane@example.com

- name: Let everybody send again
  community.mailcow.mailcow_ratelimit_reset:
    all: true
"""

RETURN = r"""
reset:
  description: The limits that were reset. In check mode, those that would be.
  returned: success
  type: list
  elements: dict
  contains:
    hash:
      description: ID of the limit in mailcow.
      returned: success
      type: str
      sample: RLxknx5ed4kznqsrzzbg6kcfuc
    user:
      description: Address of the user who has exceeded it. V(null) if the log contains none.
      returned: success
      type: str
      sample: jane@example.com
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST delete/rlhash
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.ratelimit import RATELIMIT_RESET


def main() -> None:
    run(RATELIMIT_RESET)


if __name__ == "__main__":
    main()
