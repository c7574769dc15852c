#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_config_info
short_description: Export many objects
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Read all or some objects of a mailcow server in the format of M(community.mailcow.mailcow_config).
  - Applying the result with that module changes nothing on the same server. It can be saved as a YAML file, see the examples.
  - The export contains neither secrets nor other values that mailcow never shows. These are passwords, private DKIM keys, the footer of
    domains, O(community.mailcow.mailcow_domain_admin#module:acl) of domain administrators, and
    O(community.mailcow.mailcow_mailbox#module:acl), O(community.mailcow.mailcow_mailbox#module:tagged_mail_handler),
    O(community.mailcow.mailcow_mailbox#module:extended_sender_acl) and most of O(community.mailcow.mailcow_mailbox#module:pushover) of
    mailboxes. A server before 2026-07a does not show O(community.mailcow.mailcow_mailbox#module:sender_acl) either.
  - mailcow itself accepts nearly any value. Objects that M(community.mailcow.mailcow_config) would reject are omitted with a warning,
    so that the rest can be applied. Note such warnings before you prune with the export.
  - To apply an export to another server, add the passwords of objects that do not exist there, such as mailboxes and relay hosts.
    mailcow chooses other addresses for temporary aliases there. DKIM keys are generated again, so their DNS records change. To keep the
    keys, replace O(community.mailcow.mailcow_dkim#module:key_size) by O(community.mailcow.mailcow_dkim#module:private_key).
  - Domains and mailboxes refer to their relay host by its name, which is also valid on another server. Its ID is exported only if
    several relay hosts have that name, or if it no longer exists.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  kinds:
    description:
      - The kinds of objects to export.
      - If omitted, all of them are exported. V(app_passwords) and V(time_limited_aliases), and with O(domains) V(syncjobs) as well,
        take one request per mailbox each, so omit them on a large server if you do not need them.
    type: list
    elements: str
    choices:
      # generated: kinds
      - password_policy
      - admins
      - identity_provider
      - fail2ban
      - global_sieve_filters
      - relayhosts
      - transports
      - tls_policy_maps
      - forwarding_hosts
      - oauth2_clients
      - rspamd_settings
      - domain_templates
      - mailbox_templates
      - domains
      - alias_domains
      - dkim_keys
      - domain_policies
      - mta_sts
      - mailboxes
      - mailbox_policies
      - resources
      - aliases
      - time_limited_aliases
      - app_passwords
      - syncjobs
      - sieve_filters
      - recipient_maps
      - bcc_maps
      - domain_admins
      # end: kinds
  domains:
    description:
      - Names of the domains to export. Names that do not exist in mailcow are ignored.
      - A mailbox and an alias belong to the domain of their address, a DKIM key to the domain it is named after, and an alias domain to
        its target. For aliases in an alias domain, and for its DKIM key, specify the alias domain as well. Objects of a mailbox belong
        to its domain. Server-wide objects belong to no domain, so they are not exported then.
      - If omitted, the whole server is exported. This takes some seconds on a server with thousands of mailboxes.
    type: list
    elements: str
  details:
    description:
      - Whether to export O(community.mailcow.mailcow_mailbox#module:spam_score), which takes an additional request for each mailbox.
    type: bool
    default: false
  concurrency:
    description:
      - Number of concurrent requests, each over its own connection. With V(1), they are made one after another.
      - Each of them occupies one of the PHP workers of mailcow, which the web interface needs as well.
    type: int
    default: 4
seealso:
  - module: community.mailcow.mailcow_config
"""

EXAMPLES = r"""
- name: Export all of a server
  community.mailcow.mailcow_config_info:
  register: server

- name: Keep it in a file, to commit it to a repository
  ansible.builtin.copy:
    content: "{{ server.config | to_nice_yaml(sort_keys=false) }}"
    dest: mailcow.yml
    mode: "0600"

- name: Later, see whether the server is still like that
  community.mailcow.mailcow_config:
    config: "{{ lookup('ansible.builtin.file', 'mailcow.yml') | from_yaml }}"
  check_mode: true
  register: audit
  failed_when: audit is failed or audit is changed

- name: Export the mailboxes and aliases of a domain
  community.mailcow.mailcow_config_info:
    kinds:
      - mailboxes
      - aliases
    domains:
      - example.com
  register: tenant

- name: Bring up a domain on another server, with initial passwords that the users have to change
  community.mailcow.mailcow_config:
    url: https://mail.example.org
    api_key: "{{ vault_other_api_key }}"
    config:
      domains:
        - domain: example.com
      mailboxes: "{{ tenant.config.mailboxes | map('combine', first) }}"
      aliases: "{{ tenant.config.aliases }}"
  vars:
    first:
      password: "{{ vault_first_password }}"
      force_pw_update: true
"""

RETURN = r"""
config:
  description:
    - The objects, in the format of O(community.mailcow.mailcow_config#module:config). The keys are all requested kinds, including those
      without objects.
    - Each list is sorted by name. Options have the same names and units as in the modules for single objects.
  returned: success
  type: dict
  contains:
    # generated: exported kinds
    password_policy:
      description: With the options of M(community.mailcow.mailcow_password_policy).
      returned: when requested
      type: dict
      sample:
        length: 12
        chars: false
        lowerupper: true
        numbers: true
        special_chars: false
    admins:
      description: With the options of M(community.mailcow.mailcow_admin).
      returned: when requested
      type: list
      elements: dict
      sample:
        - username: jane
          active: true
          force_tfa: false
          force_pw_update: false
    identity_provider:
      description: With the options of M(community.mailcow.mailcow_identity_provider).
      returned: when requested
      type: dict
      sample:
        authsource: keycloak
    fail2ban:
      description: With the options of M(community.mailcow.mailcow_fail2ban).
      returned: when requested
      type: dict
      sample:
        ban_time: 1800
        max_ban_time: 10000
        ban_time_increment: true
        manage_external: false
        max_attempts: 10
        retry_window: 600
        netban_ipv4: 32
        netban_ipv6: 128
        whitelist:
          - 192.0.2.0/24
          - monitor.example.com
        blacklist:
          - 198.51.100.7
    global_sieve_filters:
      description: With the options of M(community.mailcow.mailcow_global_sieve_filter).
      returned: when requested
      type: dict
      sample:
        prefilter: 'keep;

          '
        postfilter: "require \"fileinto\";\nif header :contains \"X-Spam-Flag\" \"YES\" {\n  fileinto \"Junk\";\n}\n"
    relayhosts:
      description: With the options of M(community.mailcow.mailcow_relayhost).
      returned: when requested
      type: list
      elements: dict
      sample:
        - hostname: '[smtp.example.net]:587'
          username: mailcow
          active: true
    transports:
      description: With the options of M(community.mailcow.mailcow_transport).
      returned: when requested
      type: list
      elements: dict
      sample:
        - destination: example.org
          nexthop: '[smtp.example.org]:587'
          username: mailcow
          is_mx_based: false
          active: true
    tls_policy_maps:
      description: With the options of M(community.mailcow.mailcow_tls_policy_map).
      returned: when requested
      type: list
      elements: dict
      sample:
        - dest: example.net
          policy: secure
          parameters:
            - match=.example.net
            - protocols=!SSLv2
          active: true
    forwarding_hosts:
      description: With the options of M(community.mailcow.mailcow_forwarding_host).
      returned: when requested
      type: list
      elements: dict
      sample:
        - hostname: mx.example.net
    oauth2_clients:
      description: With the options of M(community.mailcow.mailcow_oauth2_client).
      returned: when requested
      type: list
      elements: dict
      sample:
        - redirect_uri: https://cloud.example.com/callback
    rspamd_settings:
      description: With the options of M(community.mailcow.mailcow_rspamd_setting).
      returned: when requested
      type: list
      elements: dict
      sample:
        - description: Postmaster
          content: want_spam = yes;
          active: true
    domain_templates:
      description: With the options of M(community.mailcow.mailcow_domain_template).
      returned: when requested
      type: list
      elements: dict
      sample:
        - template: Customers
          aliases: 400
          mailboxes: 10
          defquota: 3072
          maxquota: 10240
          quota: 10240
          active: true
          gal: true
          backupmx: false
          relay_all_recipients: false
          relay_unknown_only: false
          dkim_selector: dkim
          dkim_key_size: 2048
          rate_limit:
            value: 100
            frame: h
          tags:
            - gold
    mailbox_templates:
      description: With the options of M(community.mailcow.mailcow_mailbox_template).
      returned: when requested
      type: list
      elements: dict
      sample:
        - template: Staff
          quota: 2048
          active: true
          login: true
          force_pw_update: false
          force_tfa: false
          tls_enforce_in: false
          tls_enforce_out: false
          sogo_access: true
          protocol_access:
            - imap
            - smtp
          acl:
            - spam_alias
            - spam_score
          quarantine_notification: hourly
          quarantine_category: reject
          tagged_mail_handler: subfolder
          rate_limit:
            value: 100
            frame: h
          tags:
            - gold
    domains:
      description: With the options of M(community.mailcow.mailcow_domain).
      returned: when requested
      type: list
      elements: dict
      sample:
        - domain: example.com
          description: Example Ltd
          aliases: 400
          mailboxes: 20
          defquota: 3072
          maxquota: 10240
          quota: 20480
          active: true
          gal: true
          backupmx: false
          relay_all_recipients: false
          relay_unknown_only: false
          relayhost: '0'
          tags:
            - gold
          rate_limit:
            value: 500
            frame: h
    alias_domains:
      description: With the options of M(community.mailcow.mailcow_alias_domain).
      returned: when requested
      type: list
      elements: dict
      sample:
        - alias_domain: example.net
          target_domain: example.com
          active: true
          rate_limit:
            value: 500
            frame: h
    dkim_keys:
      description: With the options of M(community.mailcow.mailcow_dkim).
      returned: when requested
      type: list
      elements: dict
      sample:
        - domain: example.com
          selector: s2026
          key_size: 2048
    domain_policies:
      description: With the options of M(community.mailcow.mailcow_domain_policy).
      returned: when requested
      type: list
      elements: dict
      sample:
        - domain: example.com
          allow:
            - '*@example.net'
            - friend@example.org
          block:
            - '*.example.org'
    mta_sts:
      description: With the options of M(community.mailcow.mailcow_mta_sts).
      returned: when requested
      type: list
      elements: dict
      sample:
        - domain: example.com
          mode: testing
          max_age: 604800
          mx:
            - mail.example.com
    mailboxes:
      description: With the options of M(community.mailcow.mailcow_mailbox).
      returned: when requested
      type: list
      elements: dict
      sample:
        - address: jane@example.com
          name: Jane Doe
          quota: 2048
          active: true
          login: true
          authsource: mailcow
          force_pw_update: false
          force_tfa: false
          sogo_access: true
          imap_access: true
          pop3_access: true
          smtp_access: true
          sieve_access: true
          eas_access: true
          dav_access: true
          tls_enforce_in: false
          tls_enforce_out: false
          quarantine_notification: hourly
          quarantine_category: reject
          relayhost: '0'
          pw_recovery_email: jane.doe@example.org
          tags:
            - staff
          rate_limit:
            value: 50
            frame: h
          sender_acl:
            - info@example.com
            - '@example.net'
          custom_attributes:
            phone: +44 20 7946 0000
          pushover:
            active: false
    mailbox_policies:
      description: With the options of M(community.mailcow.mailcow_mailbox_policy).
      returned: when requested
      type: list
      elements: dict
      sample:
        - username: jane@example.com
          allow:
            - '*@example.net'
            - friend@example.org
          block:
            - '*.example.org'
    resources:
      description: With the options of M(community.mailcow.mailcow_resource).
      returned: when requested
      type: list
      elements: dict
      sample:
        - address: Meetingroom1@example.com
          domain: example.com
          description: Meeting room 1
          kind: location
          multiple_bookings: 1
          active: true
    aliases:
      description: With the options of M(community.mailcow.mailcow_alias).
      returned: when requested
      type: list
      elements: dict
      sample:
        - address: sales@example.com
          goto:
            - jane@example.com
            - joe@example.com
          active: true
          sogo_visible: true
          sender_allowed: true
          internal: false
          public_comment: Sales team
          private_comment: Ticket 4711
    time_limited_aliases:
      description: With the options of M(community.mailcow.mailcow_time_limited_alias).
      returned: when requested
      type: list
      elements: dict
      sample:
        - username: jane@example.com
          domain: example.com
          description: Shop
          permanent: false
    app_passwords:
      description: With the options of M(community.mailcow.mailcow_app_password).
      returned: when requested
      type: list
      elements: dict
      sample:
        - username: jane@example.com
          app_name: Phone
          protocols:
            - imap_access
            - smtp_access
          active: true
    syncjobs:
      description: With the options of M(community.mailcow.mailcow_syncjob).
      returned: when requested
      type: list
      elements: dict
      sample:
        - username: jane@example.com
          host1: imap.example.net
          port1: 993
          user1: jane
          enc1: SSL
          mins_interval: 20
          exclude: (?i)spam|(?i)junk
          subfolder2: External
          maxage: 0
          maxbytespersecond: 0
          timeout1: 600
          timeout2: 600
          delete2duplicates: false
          delete1: false
          delete2: false
          automap: false
          skipcrossduplicates: false
          subscribeall: false
          dry: false
          custom_params: --skipemptyfolders
          active: true
    sieve_filters:
      description: With the options of M(community.mailcow.mailcow_sieve_filter).
      returned: when requested
      type: list
      elements: dict
      sample:
        - username: jane@example.com
          filter_type: prefilter
          script_desc: Forward
          script_data: 'require ["copy"];

            redirect :copy "jane@elsewhere.example";

            '
          active: true
    recipient_maps:
      description: With the options of M(community.mailcow.mailcow_recipient_map).
      returned: when requested
      type: list
      elements: dict
      sample:
        - recipient_map_old: joe@example.com
          recipient_map_new: jane@example.com
          active: true
    bcc_maps:
      description: With the options of M(community.mailcow.mailcow_bcc_map).
      returned: when requested
      type: list
      elements: dict
      sample:
        - local_dest: jane@example.com
          type: sender
          bcc_dest: archive@example.net
          active: true
    domain_admins:
      description: With the options of M(community.mailcow.mailcow_domain_admin).
      returned: when requested
      type: list
      elements: dict
      sample:
        - username: jane
          domains:
            - example.com
            - example.net
          active: true
          force_tfa: false
          force_pw_update: false
    # end: exported kinds
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/mailbox/all/example.com
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.export import EXPORT


def main() -> None:
    run(EXPORT)


if __name__ == "__main__":
    main()
