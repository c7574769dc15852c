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
  - Create, change and delete OAuth2 clients of a mailcow server. An OAuth2 client is an application to which users log in with their
    mailbox, through C(/oauth/authorize), C(/oauth/token) and C(/oauth/profile) of the server.
  - mailcow generates the ID and the secret of a client. The task that creates the client returns both, as
    RV(status.client_id) and RV(status.client_secret). Later tasks do not return the secret, unless they replace it with O(old_secret).
    M(community.mailcow.mailcow_oauth2_client_info) shows it on demand.
  - A client has no name. It is identified by its O(redirect_uri). mailcow allows several clients with the same one. If there are
    several, the task fails and lists their IDs, and O(id) selects one of them.
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
      - URI of the application, also called callback URL, to which users return after they have logged in. mailcow does not check it.
      - Required unless O(id) is given. Case is ignored when the client is looked up, but a difference in case is corrected.
      - Together with O(id), the new redirect URI. It cannot be changed to an empty string.
    type: str
  old_secret:
    description:
      - A secret that the client must no longer have, for example because it has leaked. If the client has this one, mailcow generates a
        new one, which is returned as RV(status.client_secret). The application needs it immediately.
      - If the client has another secret, nothing is done, so the task can be repeated. An empty string is the same as omitting it, and
        leaves the secret as it is. A new client always gets its own secret.
    type: str
  revoke_tokens:
    description:
      - Whether the tokens of the application are revoked as well when O(old_secret) is replaced. Its users have to log in again.
      - With V(false), which is the same as omitting it, access tokens stay valid until they expire, usually a day after they were issued.
      - mailcow's API does not show tokens, so they are never revoked alone. Use the web interface for this.
    type: bool
  id:
    description:
      - ID of the client on the server, as in RV(status.id). mailcow never reuses it.
      - Only required if several clients have the same O(redirect_uri), or to change its O(redirect_uri).
      - The task fails if there is no client with this ID, except with O(state=absent).
    type: int
  state:
    description:
      - V(present) creates the client or changes it.
      - V(absent) deletes the client. Users can no longer log in to the application. Its access tokens stay valid until they
        expire, usually a day after they were issued, unless O(revoke_tokens) ended them before.
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
- name: Let users of Nextcloud log in with their mailbox
  community.mailcow.mailcow_oauth2_client:
    redirect_uri: https://cloud.example.com/apps/sociallogin/custom_oauth2/mailcow
  register: client
  no_log: true

- name: Write the new secret to a file of the application
  ansible.builtin.copy:
    content: |
      OAUTH2_CLIENT_ID={{ client.status.client_id }}
      OAUTH2_CLIENT_SECRET={{ client.status.client_secret }}
    dest: /etc/cloud/oauth2.env
    mode: "0600"
  when: client.status.client_secret is defined

- name: Change the redirect URI when the application moves
  community.mailcow.mailcow_oauth2_client:
    id: "{{ client.status.id }}"
    redirect_uri: https://cloud.example.org/apps/sociallogin/custom_oauth2/mailcow

# When repeated, these two tasks replace the new secret as well. With the leaked secret from a vault, the second one can be repeated.
- name: Look up the secret that has leaked
  community.mailcow.mailcow_oauth2_client_info:
    redirect_uri: https://cloud.example.org/apps/sociallogin/custom_oauth2/mailcow
    show_secrets: true
  register: leaked
  no_log: true

- name: Replace the secret, and end all sessions of the application
  community.mailcow.mailcow_oauth2_client:
    redirect_uri: https://cloud.example.org/apps/sociallogin/custom_oauth2/mailcow
    old_secret: "{{ leaked.oauth2_clients[0].status.client_secret }}"
    revoke_tokens: true
  register: client
  when: leaked.oauth2_clients != []   # in check mode there is none yet
  no_log: true

- name: Delete the client
  community.mailcow.mailcow_oauth2_client:
    redirect_uri: https://cloud.example.org/apps/sociallogin/custom_oauth2/mailcow
    state: absent
"""

RETURN = r"""
oauth2_client:
  description:
    - The client as it is now, with the names of the options, so it is valid input for the module.
    - In check mode, the client as it would be.
  returned: when state=present
  type: dict
  contains:
    redirect_uri:
      description: Redirect URI of the application. Empty if it was created without one.
      returned: success
      type: str
      sample: https://cloud.example.com/callback
status:
  description:
    - Read-only values of the client.
    - In check mode all values are V(null) when the client does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description: ID of the client on the server, the value of the option O(id).
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
      returned: when this task created the client or replaced its secret
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
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST edit/oauth2-client
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
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(OAUTH2_CLIENT))


if __name__ == "__main__":
    main()
