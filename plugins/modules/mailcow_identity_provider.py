#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_identity_provider
short_description: Set identity provider
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Set up, change and remove the identity provider of a mailcow server (System > Configuration > Access > Identity Provider), with
    which users can log in. A server has at most one. It is Keycloak, another OpenID Connect provider, or LDAP.
  - Only specified options are managed. An omitted option is neither compared nor changed. mailcow accepts the settings only as a whole,
    so the module sends the current values of omitted options. V(false) and an empty string, list or dictionary count as specified.
  - It needs mailcow 2025-03 or newer.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - O(test) has no effect in check mode.
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  authsource:
    description:
      - Type of the identity provider, to which the option O(community.mailcow.mailcow_mailbox#module:authsource) of mailboxes refers.
      - V(mailcow) means none, as with O(state=absent). Users then have only passwords in mailcow.
      - mailcow allows a change only while all mailboxes have the new C(authsource) or V(mailcow).
      - A new provider does not inherit settings of the previous one.
    type: str
    choices:
      mailcow: None. Only mailcow itself knows passwords.
      keycloak: Keycloak.
      generic-oidc: Any provider that speaks OpenID Connect.
      ldap: An LDAP server, such as Active Directory.
  server_url:
    description:
      - URL of Keycloak. Slashes at its end make no difference.
      - Only with O(authsource=keycloak), which needs it.
    type: str
  realm:
    description:
      - Keycloak realm of the users.
      - Only with O(authsource=keycloak), which needs it.
    type: str
  version:
    description:
      - Version of Keycloak, such as V(26.1.3).
      - Only with O(authsource=keycloak), which needs it.
    type: str
  mailpassword_flow:
    description:
      - Whether mailcow verifies the passwords of mail clients with the attribute C(mailcow_password) of the users, through the REST API
        of Keycloak. Otherwise mail clients need app passwords.
      - Only with O(authsource=keycloak). Default is V(false).
    type: bool
  authorize_url:
    description:
      - URL at which users log in.
      - Only with O(authsource=generic-oidc), which needs it.
    type: str
  token_url:
    description:
      - URL from which mailcow gets tokens.
      - Only with O(authsource=generic-oidc), which needs it.
    type: str
  userinfo_url:
    description:
      - URL from which mailcow gets the data of the logged-in user.
      - Only with O(authsource=generic-oidc), which needs it.
    type: str
  client_scopes:
    description:
      - Scopes that mailcow requests, separated by spaces. With an empty string, mailcow uses its default.
      - Only with O(authsource=generic-oidc). Default is V(openid profile email mailcow_template).
    type: str
  client_id:
    description:
      - Client ID of mailcow at the provider.
      - Only with O(authsource=keycloak) and O(authsource=generic-oidc), which need it.
    type: str
  client_secret:
    description:
      - Client secret for O(client_id). It is compared with the one in mailcow, and never shown.
      - Both API keys can read it from mailcow, which also writes it unencrypted to its API log.
      - Only with O(authsource=keycloak) and O(authsource=generic-oidc), which need it.
    type: str
  redirect_url:
    description:
      - URL of mailcow to which the provider redirects users, such as V(https://mail.example.com).
      - Only with O(authsource=keycloak) and O(authsource=generic-oidc), which need it.
    type: str
  redirect_url_extra:
    description:
      - Further URLs of mailcow to which the provider may redirect users. The list replaces the one on the server. Order makes no
        difference.
      - Only with O(authsource=keycloak) and O(authsource=generic-oidc). Default is none.
      - Needs mailcow 2025-05 or newer. On an older server there are none, and anything else is refused.
    type: list
    elements: str
  host:
    description:
      - Name or address of the LDAP server, or several of them, separated by commas.
      - While none of them responds, all of mailcow is slow, because it tries to connect in each request.
      - Only with O(authsource=ldap), which needs it.
    type: str
  port:
    description:
      - Port of the LDAP server.
      - Only with O(authsource=ldap). Default is V(389).
    type: int
  use_ssl:
    description:
      - Whether the connection uses TLS from the start (C(ldaps)).
      - Only with O(authsource=ldap), and not together with O(use_tls). Default is V(false).
    type: bool
  use_tls:
    description:
      - Whether the connection uses STARTTLS.
      - Only with O(authsource=ldap), and not together with O(use_ssl). Default is V(false).
    type: bool
  basedn:
    description:
      - Base DN of the users.
      - Only with O(authsource=ldap), which needs it.
    type: str
  binddn:
    description:
      - DN with which mailcow logs in to search for users.
      - Only with O(authsource=ldap), which needs it.
    type: str
  bindpass:
    description:
      - Password for O(binddn). It is compared with the one in mailcow, and never shown.
      - Both API keys can read it from mailcow.
      - Only with O(authsource=ldap), which needs it.
    type: str
  username_field:
    description:
      - Attribute with the address of the mailbox. mailcow stores it in lower case.
      - Only with O(authsource=ldap). Default is V(mail).
    type: str
  filter:
    description:
      - LDAP filter that users must match.
      - Only with O(authsource=ldap). Default is an empty string, which matches all users.
    type: str
  attribute_field:
    description:
      - Attribute whose value determines the template, see O(attribute_mapping). mailcow stores it in lower case.
      - Only with O(authsource=ldap). Default is an empty string.
    type: str
  ignore_ssl_error:
    description:
      - Whether mailcow accepts any certificate of the provider.
      - Default is V(false).
    type: bool
  periodic_sync:
    description:
      - Whether mailcow regularly applies the names of the users and their templates in O(attribute_mapping).
      - Only with O(authsource=keycloak) and O(authsource=ldap). Default is V(false).
    type: bool
  sync_interval:
    description:
      - Minutes from one synchronisation to the next.
      - Only with O(authsource=keycloak) and O(authsource=ldap). Default is V(15).
    type: int
  import_users:
    description:
      - Whether a synchronisation creates mailboxes for users without one.
      - Only with O(authsource=keycloak) and O(authsource=ldap). Default is V(false).
    type: bool
  login_provisioning:
    description:
      - Whether mailcow creates a mailbox when a user without one logs in.
      - Default is V(true).
      - Needs mailcow 2025-05 or newer. On an older server V(true) holds, and anything else is refused.
    type: bool
  default_template:
    description:
      - Name of the mailbox template for users without a template in O(attribute_mapping). With an empty string, they get no mailbox.
      - Default is an empty string.
    type: str
  attribute_mapping:
    description:
      - Names of mailbox templates by the value of an attribute, which is C(mailcow_template) with OpenID Connect and O(attribute_field)
        with LDAP. The dictionary replaces the one on the server.
      - When such a user logs in or is synchronised, and the template or the name of the user has changed, mailcow resets the mailbox to
        the template. Settings of M(community.mailcow.mailcow_mailbox) are then lost.
      - Default is an empty dictionary.
    type: dict
  test:
    description:
      - Whether mailcow tests the settings before they are written, like the button in its web interface. If the test fails, nothing is
        changed, and the task fails.
      - mailcow logs in to Keycloak as its client, and to LDAP as O(binddn). With another provider, it only sends a request with the
        method C(OPTIONS) to O(token_url), which must respond with the status 200.
      - Nothing is tested if there is nothing to change.
    type: bool
    default: false
  state:
    description:
      - V(present) sets up the provider or changes it.
      - V(absent) removes the provider, like O(authsource=mailcow).
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_identity_provider_info
  - module: community.mailcow.mailcow_mailbox
  - name: Identity providers
    description: How to configure Keycloak, OpenID Connect and LDAP for mailcow.
    link: https://docs.mailcow.email/manual-guides/mailcow-UI/u_e-mailcow_ui-sso/
"""

EXAMPLES = r"""
- name: Let users log in with Keycloak, if mailcow can use it
  community.mailcow.mailcow_identity_provider:
    authsource: keycloak
    server_url: https://keycloak.example.com
    realm: mailcow
    version: 26.1.3
    client_id: mailcow_client
    client_secret: "{{ vault_mailcow_client_secret }}"
    redirect_url: https://mail.example.com
    default_template: Default
    test: true

- name: Create mailboxes for all users of Active Directory in a group
  community.mailcow.mailcow_identity_provider:
    authsource: ldap
    host: dc1.example.com
    port: 636
    use_ssl: true
    basedn: DC=example,DC=com
    binddn: CN=mailcow,CN=Users,DC=example,DC=com
    bindpass: "{{ vault_mailcow_bindpass }}"
    filter: (memberOf=CN=mail,CN=Users,DC=example,DC=com)
    attribute_field: department
    attribute_mapping:
      sales: Large
      workshop: Small
    default_template: Default
    periodic_sync: true
    import_users: true

- name: Change one setting; all others stay
  community.mailcow.mailcow_identity_provider:
    sync_interval: 60

- name: Remove the provider
  community.mailcow.mailcow_identity_provider:
    state: absent
"""

RETURN = r"""
identity_provider:
  description:
    - The settings as they are now, with the names of the options, so they are valid input for the module. It does not show secrets.
    - In check mode, the settings as they would be.
  returned: when state=present
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
  returned: when state=present
  type: dict
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST edit/identity-provider
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - authsource_in_use
"""

from ..module_utils._kinds.identity_provider import IDENTITY_PROVIDER
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(IDENTITY_PROVIDER))


if __name__ == "__main__":
    main()
