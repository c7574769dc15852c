#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_identity_provider_info
short_description: Get identity provider
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Get the settings of the identity provider of a mailcow server, with which users can log in.
  - mailcow also keeps the settings of previous providers of other types. They are not returned.
  - It needs mailcow 2025-03 or newer.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  show_secrets:
    description: Whether to show RV(identity_provider.client_secret) and RV(identity_provider.bindpass).
    type: bool
    default: false
seealso:
  - module: community.mailcow.mailcow_identity_provider
"""

EXAMPLES = r"""
- name: Get the identity provider
  community.mailcow.mailcow_identity_provider_info:
  register: result

- name: Fail if mailcow accepts any certificate of it
  ansible.builtin.assert:
    that: not result.identity_provider.ignore_ssl_error | default(false)
"""

RETURN = r"""
identity_provider:
  description:
    - The settings, with the names of the options of M(community.mailcow.mailcow_identity_provider), and with
      RV(identity_provider.status). Without the latter, they are valid input for that module.
    - This is not a list, because a server has only one set of these settings.
  returned: success
  type: dict
  contains:
    authsource:
      description: Type of the identity provider. V(mailcow) means none.
      returned: success
      type: str
      sample: keycloak
    server_url:
      description: URL of Keycloak.
      returned: when the provider has it
      type: str
      sample: https://keycloak.example.com
    realm:
      description: Keycloak realm of the users.
      returned: when the provider has it
      type: str
      sample: mailcow
    version:
      description: Version of Keycloak.
      returned: when the provider has it
      type: str
      sample: "26.1.3"
    mailpassword_flow:
      description: Whether mailcow verifies the passwords of mail clients with an attribute of the users.
      returned: when the provider has it
      type: bool
      sample: false
    authorize_url:
      description: URL at which users log in.
      returned: when the provider has it
      type: str
      sample: https://sso.example.com/authorize
    token_url:
      description: URL from which mailcow gets tokens.
      returned: when the provider has it
      type: str
      sample: https://sso.example.com/token
    userinfo_url:
      description: URL from which mailcow gets the data of the logged-in user.
      returned: when the provider has it
      type: str
      sample: https://sso.example.com/userinfo
    client_scopes:
      description: Scopes that mailcow requests, separated by spaces.
      returned: when the provider has it
      type: str
      sample: openid profile email mailcow_template
    client_id:
      description: Client ID of mailcow at the provider.
      returned: when the provider has it
      type: str
      sample: mailcow_client
    client_secret:
      description: Client secret of mailcow at the provider. V(null) with a provider that has none.
      returned: when show_secrets=true
      type: str
    redirect_url:
      description: URL of mailcow to which the provider redirects users.
      returned: when the provider has it
      type: str
      sample: https://mail.example.com
    redirect_url_extra:
      description: Further URLs of mailcow to which the provider may redirect users.
      returned: when the provider has it
      type: list
      elements: str
      sample:
        - https://webmail.example.com
    host:
      description: Names or addresses of the LDAP servers, separated by commas.
      returned: when the provider has it
      type: str
      sample: ldap.example.com
    port:
      description: Port of the LDAP server.
      returned: when the provider has it
      type: int
      sample: 389
    use_ssl:
      description: Whether the connection uses TLS from the start.
      returned: when the provider has it
      type: bool
      sample: false
    use_tls:
      description: Whether the connection uses STARTTLS.
      returned: when the provider has it
      type: bool
      sample: true
    basedn:
      description: Base DN of the users.
      returned: when the provider has it
      type: str
      sample: DC=example,DC=com
    binddn:
      description: DN with which mailcow logs in to search for users.
      returned: when the provider has it
      type: str
      sample: CN=mailcow,DC=example,DC=com
    bindpass:
      description: Password for the bind DN. V(null) with a provider that has none.
      returned: when show_secrets=true
      type: str
    username_field:
      description: Attribute with the address of the mailbox.
      returned: when the provider has it
      type: str
      sample: mail
    filter:
      description: LDAP filter that users must match. Empty for all of them.
      returned: when the provider has it
      type: str
      sample: "(memberOf=CN=mail,DC=example,DC=com)"
    attribute_field:
      description: Attribute whose value determines the template.
      returned: when the provider has it
      type: str
      sample: othermailbox
    ignore_ssl_error:
      description: Whether mailcow accepts any certificate of the provider.
      returned: when the provider has it
      type: bool
      sample: false
    periodic_sync:
      description: Whether mailcow regularly applies the data of the users at the provider.
      returned: when the provider has it
      type: bool
      sample: true
    sync_interval:
      description: Minutes from one synchronisation to the next.
      returned: when the provider has it
      type: int
      sample: 15
    import_users:
      description: Whether a synchronisation creates mailboxes for users without one.
      returned: when the provider has it
      type: bool
      sample: false
    login_provisioning:
      description: Whether mailcow creates a mailbox when a user without one logs in.
      returned: when the provider has it
      type: bool
      sample: true
    default_template:
      description: Name of the mailbox template for users without a template in the mapping.
      returned: when the provider has it
      type: str
      sample: Default
    attribute_mapping:
      description: Names of mailbox templates by the value of an attribute.
      returned: when the provider has it
      type: dict
      sample:
        staff: Large
        students: Small
    status:
      description: Always empty, because the provider has no read-only values.
      returned: success
      type: dict
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/identity-provider
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.identity_provider import IDENTITY_PROVIDER
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(IDENTITY_PROVIDER))


if __name__ == "__main__":
    main()
