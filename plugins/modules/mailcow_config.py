#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_config
short_description: Manage many objects
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Bring the objects of a mailcow server to a declared state in one task, for a whole server, a tenant, or some objects. It supports
    domains, mailboxes, aliases, and every other kind of object with a module of its own.
  - This is much faster than a loop over the modules of single objects. The existing objects are read in lists and compared in memory,
    and only differences are written, over several connections.
  - As in these modules, only specified options are managed. An object that is not declared is not changed, unless its kind is among
    O(prune).
  - O(config) is completely validated before the first request. If it has errors, nothing is done, and the message shows where they are,
    for example C(config.mailboxes[3].quota).
  - Objects are created and changed in the order of the kinds in O(config). Server-wide objects come first, then domains with alias
    domains, keys and policies, then mailboxes and resources, then aliases, then what belongs to mailboxes and addresses. Then
    O(community.mailcow.mailcow_mailbox#module:sender_acl) is set, which can refer to any of them. Objects are deleted last, in the
    reverse order. Changes that mailcow refused are then tried once more, because a deleted object may have prevented them. So a task
    can create a whole tenant, or delete it.
  - When a domain is deleted, all of its mailboxes are deleted first, with their mail, because mailcow requires it. If the domain
    contains objects that are declared or ignored, the task fails before anything is written.
  - mailcow deletes an alias together with the last mailbox that it delivers to. If the alias is declared or ignored, the task fails
    before anything is written.
  - A domain that is created together with its DKIM key gets only the declared key, and not also the one that mailcow generates.
  - If an object fails, the module continues with the others. The task then fails at the end, with the failed objects in RV(failures).
    To continue, also after an interruption, run it again; it only does what is still missing.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
requirements:
  - cryptography (Python library) on the host that runs the module, for private DKIM keys
attributes:
  check_mode:
    support: full
    details:
      - The free quota of a domain that changes in the same task cannot be predicted, and neither can an error because of it.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - Passwords and other values that mailcow never shows cannot be compared. An item with C(update_password=always) and
        a password, or with C(update_write_only=always) and one of the options that it is about, is always reported as changed.
options:
  config:
    description:
      - The declared state, as a dictionary of lists. Each key is the plural of a kind of object, each item of its list is one object.
        An omitted key is the same as an empty list.
      - An item accepts exactly the options of the module for a single object, except those for the connection.
        O(community.mailcow.mailcow_mailbox#module:state) and the like are among them. They are described there.
      # generated: options of kinds
      - C(password_policy) takes the options of M(community.mailcow.mailcow_password_policy).
        There is one on each server, so it can also be a dictionary.
      - C(admins) takes the options of M(community.mailcow.mailcow_admin).
      - C(identity_provider) takes the options of M(community.mailcow.mailcow_identity_provider).
        There is one on each server, so it can also be a dictionary.
      - C(fail2ban) takes the options of M(community.mailcow.mailcow_fail2ban).
        There is one on each server, so it can also be a dictionary.
      - C(global_sieve_filters) takes the options of M(community.mailcow.mailcow_global_sieve_filter).
        There is one on each server, so it can also be a dictionary.
      - C(relayhosts) takes the options of M(community.mailcow.mailcow_relayhost).
      - C(transports) takes the options of M(community.mailcow.mailcow_transport).
      - C(tls_policy_maps) takes the options of M(community.mailcow.mailcow_tls_policy_map).
      - C(forwarding_hosts) takes the options of M(community.mailcow.mailcow_forwarding_host).
      - C(oauth2_clients) takes the options of M(community.mailcow.mailcow_oauth2_client).
      - C(rspamd_settings) takes the options of M(community.mailcow.mailcow_rspamd_setting).
      - C(domain_templates) takes the options of M(community.mailcow.mailcow_domain_template).
      - C(mailbox_templates) takes the options of M(community.mailcow.mailcow_mailbox_template).
      - C(domains) takes the options of M(community.mailcow.mailcow_domain).
      - C(alias_domains) takes the options of M(community.mailcow.mailcow_alias_domain).
      - C(dkim_keys) takes the options of M(community.mailcow.mailcow_dkim).
      - C(domain_policies) takes the options of M(community.mailcow.mailcow_domain_policy).
      - C(mta_sts) takes the options of M(community.mailcow.mailcow_mta_sts).
      - C(mailboxes) takes the options of M(community.mailcow.mailcow_mailbox).
      - C(mailbox_policies) takes the options of M(community.mailcow.mailcow_mailbox_policy).
      - C(resources) takes the options of M(community.mailcow.mailcow_resource).
      - C(aliases) takes the options of M(community.mailcow.mailcow_alias).
      - C(time_limited_aliases) takes the options of M(community.mailcow.mailcow_time_limited_alias).
      - C(app_passwords) takes the options of M(community.mailcow.mailcow_app_password).
      - C(syncjobs) takes the options of M(community.mailcow.mailcow_syncjob).
      - C(sieve_filters) takes the options of M(community.mailcow.mailcow_sieve_filter).
      - C(recipient_maps) takes the options of M(community.mailcow.mailcow_recipient_map).
      - C(bcc_maps) takes the options of M(community.mailcow.mailcow_bcc_map).
      - C(domain_admins) takes the options of M(community.mailcow.mailcow_domain_admin).
      # end: options of kinds
      - In addition, each item accepts C(ignore), a boolean. With V(true), the object is neither created, changed nor deleted,
        regardless of the other options. This protects an object from O(prune).
      - The same object cannot be declared twice. Names that differ only in case, or in Unicode and punycode, are the same.
      - It usually contains passwords, so none of it is shown in the result or written to logs.
      - RV(community.mailcow.mailcow_config_info#module:config) has the same shape.
    type: dict
    required: true
  prune:
    description:
      - Kinds of which objects that are not declared in O(config) are deleted. Use O(domains) to limit this to some domains.
      - The task fails before the first request if no object of such a kind is declared present, see O(allow_empty).
      - To keep an object without managing it, declare it with C(ignore=true).
      - Deleting mailboxes deletes their mail. Run the task in check mode first.
      - Deleting a domain also deletes its mailboxes, aliases and alias domains, whether their kinds are listed here or not. The DKIM
        key is kept, unless C(dkim_keys) is listed as well.
    type: list
    elements: str
    choices:
      # generated: removable kinds
      - admins
      - identity_provider
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
      # end: removable kinds
    default: []
  domains:
    description:
      - Names of the domains to which the task is limited. Everything in O(config) must belong to one of them, and nothing outside of
        them is pruned.
      - A mailbox and an alias belong to the domain of their address, a DKIM key to the domain it is named after, and an alias domain to
        its target. For aliases in an alias domain, and for its DKIM key, specify the alias domain as well. Objects of a mailbox belong
        to its domain. Server-wide objects belong to no domain, so they are not pruned then.
      - If omitted, O(config) can contain anything, and O(prune) applies to the whole server. With an empty list, nothing is pruned.
    type: list
    elements: str
  allow_empty:
    description:
      - Whether all objects of a kind in O(prune), except ignored ones, are deleted if none of this kind is declared present in
        O(config).
      - With V(false), the task then fails, because it is more likely that the list could not be read than that all objects should be
        deleted.
    type: bool
    default: false
  concurrency:
    description:
      - Number of concurrent requests, each over its own connection. With V(1), they are made one after another.
      - Each of them occupies one of the PHP workers of mailcow, which the web interface needs as well.
    type: int
    default: 4
seealso:
  - module: community.mailcow.mailcow_config_info
  - module: community.mailcow.mailcow_domain
  - module: community.mailcow.mailcow_alias_domain
  - module: community.mailcow.mailcow_dkim
  - module: community.mailcow.mailcow_mailbox
  - module: community.mailcow.mailcow_alias
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Bring up a tenant from nothing
  community.mailcow.mailcow_config:
    config:
      domains:
        - domain: example.com
          description: Example Ltd.
          mailboxes: 50
          quota: 102400
      alias_domains:
        - alias_domain: example.net
          target_domain: example.com
      dkim_keys:
        - domain: example.net
          key_size: 2048
      mailboxes:
        - address: jane@example.com
          name: Jane Doe
          password: "{{ vault_first_passwords.jane }}"
          force_pw_update: true
          quota: 4096
          sender_acl:
            - sales@example.com
        - address: joe@example.com
          name: Joe Doe
          password: "{{ vault_first_passwords.joe }}"
          force_pw_update: true
          quota: 2048
      aliases:
        - address: sales@example.com
          goto:
            - joe@example.com
          sender_allowed: false

- name: Create a relay host, and domains that send through it
  community.mailcow.mailcow_config:
    config:
      relayhosts:
        - hostname: smtp.example.net:587
          username: apikey
          password: "{{ vault_smtp_password }}"
      domains:
        - domain: example.com
          relayhost: apikey@smtp.example.net:587
          rate_limit: 500/h

- name: Ensure that a domain has exactly the mailboxes and aliases of a file, and leave one mailbox alone
  community.mailcow.mailcow_config:
    config:
      mailboxes: "{{ tenant.mailboxes + [{'address': 'archive@example.com', 'ignore': true}] }}"
      aliases: "{{ tenant.aliases }}"
    prune:
      - mailboxes
      - aliases
    domains:
      - example.com
  vars:
    tenant: "{{ lookup('ansible.builtin.file', 'tenants/example.com.yml') | from_yaml }}"

- name: Find out what is not as declared, with a read-only key and without changing anything
  community.mailcow.mailcow_config:
    api_key: "{{ vault_mailcow_read_only_key }}"
    config: "{{ lookup('ansible.builtin.file', 'mailcow.yml') | from_yaml }}"
  check_mode: true
  register: audit

- name: Show it
  ansible.builtin.debug:
    msg: "{{ item.kind }} {{ item.name }}: {{ item.action }} from {{ item.before }} to {{ item.after }}"
  loop: "{{ audit.changes }}"
  loop_control:
    label: "{{ item.name }}"

- name: Delete all aliases of a domain
  community.mailcow.mailcow_config:
    config: {}
    prune:
      - aliases
    domains:
      - example.com
    allow_empty: true

- name: Take a tenant down with all that it has, including the mail
  community.mailcow.mailcow_config:
    config:
      domains:
        - domain: example.com
          state: absent
      dkim_keys:
        - domain: example.com
          state: absent
        - domain: example.net
          state: absent
"""

RETURN = r"""
changes:
  description:
    - What was changed, and in check mode what would be. Objects that failed are among them if something about them was written.
    - In the order in which it was done.
    - If the task failed, only the first 20, unless it runs in diff mode. RV(summary) counts them all.
  returned: unless the task failed before the first write
  type: list
  elements: dict
  contains:
    kind:
      description: The kind of the object, as a key of O(config).
      returned: success
      type: str
      sample: mailboxes
    name:
      description: The name of the object, an address or a domain. International domains in punycode.
      returned: success
      type: str
      sample: jane@example.com
    action:
      description: What was done with it.
      returned: success
      type: str
      choices:
        - create
        - update
        - rename
        - delete
      sample: update
    before:
      description:
        - The options that change, as they were. Empty for a new object, and all of an object that is deleted.
        - Values that are secret or that mailcow never shows are masked or left out.
      returned: success, or in diff mode
      type: dict
      sample:
        quota: 1024
    after:
      description: The options that change, as they are now. Empty for an object that is deleted.
      returned: success, or in diff mode
      type: dict
      sample:
        quota: 2048
  sample:
    - kind: mailboxes
      name: jane@example.com
      action: update
      before:
        quota: 1024
      after:
        quota: 2048
summary:
  description:
    - How many objects were created, updated, deleted, found as declared, and failed, by the kinds that are keys of O(config).
    - Kinds without any are left out. A renamed object is counted as updated.
  returned: unless the task failed before the first write
  type: dict
  sample:
    mailboxes:
      created: 0
      updated: 1
      deleted: 0
      unchanged: 41
      failed: 0
failures:
  description:
    - The objects that are not as declared, because something about them failed. The task fails if there are any.
    - When the connection or the key does not work any more, these are all that were left.
    - Only the first 20, unless the task runs in diff mode. RV(summary) counts them all.
    - Run the task again to go on with these.
  returned: unless the task failed before the first write
  type: list
  elements: dict
  contains:
    kind:
      description: The kind of the object, as a key of O(config).
      returned: success
      type: str
      sample: mailboxes
    name:
      description: The name of the object.
      returned: success
      type: str
      sample: joe@example.com
    msg:
      description: Why it failed, and what was done before that.
      returned: success
      type: str
      sample: "quota: 9000 MiB is more than the domain allows this mailbox, which is 512 MiB; raise maxquota or quota of the domain"
    request:
      description: The request that failed. V(null) if no request was made, for example if a value is invalid.
      returned: success
      type: str
      sample: POST add/mailbox
    mailcow:
      description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
      returned: when mailcow refused a request
      type: list
      elements: str
      sample:
        - mailbox_quota_left_exceeded 512
diff:
  description:
    - All changes as one difference, by kind and by name, with the options that change.
    - Of an object that is deleted only the name, because RV(changes) has the rest.
  returned: in diff mode, unless the task failed before the first write
  type: dict
  contains:
    before:
      description: What there was.
      returned: success
      type: dict
      sample:
        mailboxes:
          jane@example.com:
            quota: 1024
    after:
      description: What there is now.
      returned: success
      type: dict
      sample:
        mailboxes:
          jane@example.com:
            quota: 2048
request:
  description:
    - The request that failed before anything was written.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: when the task failed before the first write
  type: str
  sample: GET get/mailbox/all/example.com
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when the task failed before the first write, because mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.config import CONFIG


def main() -> None:
    run(CONFIG)


if __name__ == "__main__":
    main()
