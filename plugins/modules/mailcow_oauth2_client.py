#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_oauth2_client
short_description: Manage OAuth2 clients
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete OAuth2 clients of a mailcow server.
    An OAuth2 client is an application in which users log in with their mailbox.
  - mailcow makes the id and the secret of a client by itself. The task that creates the client returns both, as
    RV(status.client_id) and RV(status.client_secret). Later tasks do not return the secret.
    M(community.mailcow.mailcow_oauth2_client_info) shows it on demand.
  - A client has no name. It is found by its O(redirect_uri). mailcow allows several clients with the same one. The task fails then
    and tells their ids, one of which has to be given as O(id).
  - This module neither renews secrets nor revokes tokens. Use the web interface of mailcow for that,
    or delete the client and create it again.
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
  redirect_uri:
    description:
      - Where the application takes its users back after they have logged in. mailcow does not check what it is.
      - It tells clients apart unless O(id) is given, and is required then. Clients are looked for without regard to case,
        but a difference in case is corrected.
      - Together with O(id), the redirect URI that the client should have. It cannot be changed to an empty text.
    type: str
  id:
    description:
      - Id of the client on the server, if it should get another O(redirect_uri) or if several have the same one.
        See RV(status.id).
      - There has to be such a client, except with O(state=absent). Ids are never used twice.
    type: int
  state:
    description:
      - V(present) creates the client or changes it.
      - V(absent) deletes the client. Users can no longer log in to the application.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_oauth2_client_info
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create an OAuth2 client for a cloud
  community.mailcow.mailcow_oauth2_client:
    redirect_uri: https://cloud.example.com/apps/sociallogin/custom_oauth2/mailcow
  register: client
  no_log: true

- name: Hand the secret to the application when it is new
  ansible.builtin.copy:
    content: |
      OAUTH2_CLIENT_ID={{ client.status.client_id }}
      OAUTH2_CLIENT_SECRET={{ client.status.client_secret }}
    dest: /etc/cloud/oauth2.env
    mode: "0600"
  when: client.status.client_secret is defined

- name: Find the client by its id and let the application move
  community.mailcow.mailcow_oauth2_client:
    id: "{{ client.status.id }}"
    redirect_uri: https://cloud.example.org/apps/sociallogin/custom_oauth2/mailcow

- name: Delete the client
  community.mailcow.mailcow_oauth2_client:
    redirect_uri: https://cloud.example.org/apps/sociallogin/custom_oauth2/mailcow
    state: absent
"""

RETURN = r"""
oauth2_client:
  description:
    - The client as it is now, with the names of the options, so that it can be given back as input.
    - In check mode, the client as it would be.
  returned: when state=present
  type: dict
  contains:
    redirect_uri:
      description: Where the application takes its users back after they have logged in. Empty if it was made without one.
      returned: success
      type: str
      sample: https://cloud.example.com/callback
status:
  description:
    - What mailcow says about the client beside its options.
    - In check mode all values are V(null) when the client does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description: Id of the client on the server, for O(id).
      returned: success
      type: int
      sample: 3
    client_id:
      description: The name that the application gives when it asks mailcow. mailcow makes it, and it never changes.
      returned: success
      type: str
      sample: 1f0a9c3b7e52
    client_secret:
      description: The secret that the application gives. mailcow makes it.
      returned: when this task created the client
      type: str
      sample: 9d3c1f2b7a6e5d4c3b2a1908
    scope:
      description: What the application may know of its users. mailcow knows only V(profile).
      returned: success
      type: str
      sample: profile
    grant_types:
      description: Ways to get a token that the application is limited to. V(null) if there is no limit.
      returned: success
      type: str
request:
  description:
    - The request that failed.
    - V(null) when it was not about a single request, for example for a value that mailcow cannot hold.
  returned: on failure
  type: str
  sample: POST edit/oauth2-client
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.oauth2_client import OAUTH2_CLIENT
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(OAUTH2_CLIENT))


if __name__ == "__main__":
    main()
