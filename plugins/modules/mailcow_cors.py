#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_cors
short_description: Set CORS of the API
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Configure from which web pages of other servers browsers may use the API of a mailcow server, and with which methods (System >
    Configuration > Access > Administrators > API > CORS Settings). This does not affect Ansible and other programs that are not
    browsers.
  - mailcow's API does not show these settings, but the headers of its responses do. The module sends requests with each specified
    origin, and with one that is certainly not allowed individually. So it detects which of them are allowed, whether all origins are,
    and which methods. It cannot detect other allowed origins.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
  diff_mode:
    support: partial
    details:
      - The state before the change contains only origins that are specified in the task.
  idempotent:
    support: partial
    details:
      - With O(force=true), a task always reports a change.
options:
  allowed_origins:
    description:
      - All allowed origins, such as V(https://app.example.com). V(*) allows all of them. When it is written, the list replaces the one
        on the server. Order and case make no difference.
      - An empty list allows only the pages of mailcow itself.
      - Any origin needs mailcow 2026-07a or newer. Before that, mailcow accepts only V(*) and an empty list.
    type: list
    elements: str
    required: true
  allowed_methods:
    description: All allowed methods, at least one.
    type: list
    elements: str
    choices:
      - DELETE
      - GET
      - POST
      - PUT
    default:
      - GET
      - POST
      - PUT
      - DELETE
  denied_origins:
    description:
      - Origins that must not be allowed. The settings are written if one of them still is.
      - Add origins here that you remove from O(allowed_origins), because the module cannot detect them otherwise.
    type: list
    elements: str
    default: []
  force:
    description: Whether to write the settings even if the headers are as declared, to ensure that nothing else is allowed.
    type: bool
    default: false
seealso:
  - name: Cross-Origin Resource Sharing
    description: How browsers use these headers.
    link: https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS
"""

EXAMPLES = r"""
- name: Let a web application use the API
  community.mailcow.mailcow_cors:
    allowed_origins:
      - https://app.example.com
    allowed_methods:
      - GET
      - POST

- name: Let another one use it instead
  community.mailcow.mailcow_cors:
    allowed_origins:
      - https://new.example.com
    denied_origins:
      - https://app.example.com

- name: Let no web pages but those of mailcow use it, whatever was allowed before
  community.mailcow.mailcow_cors:
    allowed_origins: []
    force: true
"""

RETURN = r"""
cors:
  description: The settings as they are now, with the names of the options. In check mode, as they would be.
  returned: success
  type: dict
  contains:
    allowed_origins:
      description: Origins that are allowed, in lower case.
      returned: success
      type: list
      elements: str
      sample:
        - https://app.example.com
    allowed_methods:
      description: Methods that are allowed.
      returned: success
      type: list
      elements: str
      sample:
        - GET
        - POST
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST edit/cors
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - cors_invalid_origin
"""

from ..module_utils._module import run
from ..module_utils._tasks.cors import CORS


def main() -> None:
    run(CORS)


if __name__ == "__main__":
    main()
