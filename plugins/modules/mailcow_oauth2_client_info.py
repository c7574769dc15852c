#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_oauth2_client_info
short_description: List OAuth2 clients
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the OAuth2 clients of a mailcow server, or get some of them.
  - Their secrets are returned only on demand. The read-only key can read them.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  redirect_uri:
    description:
      - Redirect URI of the clients to get, without regard to case. mailcow allows several clients with the same one.
      - If this and O(id) are omitted, all clients are listed.
    type: str
  id:
    description:
      - ID of the only client to get. The list is empty if there is none.
    type: int
  show_secrets:
    description:
      - Whether to return RV(oauth2_clients[].status.client_secret). If so, set C(no_log) on the task.
    type: bool
    default: false
seealso:
  - module: community.mailcow.mailcow_oauth2_client
"""

EXAMPLES = r"""
- name: List all OAuth2 clients
  community.mailcow.mailcow_oauth2_client_info:
  register: result

- name: Show their redirect URIs
  ansible.builtin.debug:
    msg: "{{ result.oauth2_clients | map(attribute='redirect_uri') }}"

- name: Get the secret of a client
  community.mailcow.mailcow_oauth2_client_info:
    redirect_uri: https://cloud.example.com/apps/sociallogin/custom_oauth2/mailcow
    show_secrets: true
  register: result
  no_log: true
"""

RETURN = r"""
oauth2_clients:
  description:
    - The clients, each with the options of M(community.mailcow.mailcow_oauth2_client), and with RV(oauth2_clients[].status). Without
      the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    redirect_uri:
      description: Redirect URI of the application. Empty if it was created without one.
      returned: success
      type: str
      sample: https://cloud.example.com/callback
    status:
      description: Read-only values of the client.
      returned: success
      type: dict
      contains:
        id:
          description: ID of the client on the server, the value of the option O(community.mailcow.mailcow_oauth2_client#module:id).
          returned: success
          type: int
          sample: 3
        client_id:
          description: Client ID of the application. mailcow generates it, and it never changes.
          returned: success
          type: str
          sample: 1f0a9c3b7e52
        client_secret:
          description: Client secret of the application. mailcow generates it.
          returned: when O(show_secrets=true)
          type: str
          sample: 9d3c1f2b7a6e5d4c3b2a1908
        scope:
          description: Data of its users that the application can read. mailcow supports only V(profile).
          returned: success
          type: str
          sample: profile
        grant_types:
          description: Grant types that the application is limited to. V(null) if there is no limit.
          returned: success
          type: str
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request.
  returned: on failure
  type: str
  sample: GET get/oauth2-client/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.oauth2_client import OAUTH2_CLIENT
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(OAUTH2_CLIENT))


if __name__ == "__main__":
    main()
