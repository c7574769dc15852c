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
  - Let users send again who have sent more than their rate limit allows. mailcow counts anew from then on, in the whole domain if the
    limit is that of the domain.
    The limits themselves stay, see O(community.mailcow.mailcow_mailbox#module:rate_limit).
  - Which limits were hit, the log V(ratelimited) of M(community.mailcow.mailcow_log_info) tells. What is no longer there needs no reset.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It reads the log and returns what it would reset.
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  users:
    description: Addresses of the users, by which they log in, whose limits are reset. One that has hit no limit is no error.
    type: list
    elements: str
  hashes:
    description: Limits to reset, as C(rl_hash) in the log names them. One that is not in the log is no error.
    type: list
    elements: str
  all:
    description: Whether all limits that were hit are reset. Otherwise O(users) or O(hashes) is needed.
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
      description: What mailcow calls the limit.
      returned: success
      type: str
      sample: RLxknx5ed4kznqsrzzbg6kcfuc
    user:
      description: Address of the user who has hit it. V(null) if the log names none.
      returned: success
      type: str
      sample: jane@example.com
request:
  description:
    - The request that failed.
    - V(null) when it was not about a single request, for example for a value that mailcow cannot hold.
  returned: on failure
  type: str
  sample: POST delete/rlhash
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
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
