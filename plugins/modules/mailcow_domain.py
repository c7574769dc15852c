#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_domain
short_description: Manage mail domains
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete mail domains of a mailcow server.
  - Only specified options are managed. An omitted option is neither compared nor changed. Empty strings, empty lists and V(0) count as
    specified.
  - When a domain is created, omitted options get their values from O(template). The defaults mentioned below are those of the template
    V(Default) as mailcow installs it.
  - mailcow cannot rename a domain.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
  - community.mailcow.options.rate_limit
  - community.mailcow.options.update_write_only
attributes:
  check_mode:
    support: full
    details:
      - It is not predicted that mailcow refuses a domain with the host name of the server.
      - A domain that still contains objects cannot be deleted, even if earlier tasks would delete these.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - mailcow never shows the footer. With O(update_write_only=always) a task with O(footer) always reports a change.
options:
  domain:
    description:
      - Name of the domain. Case makes no difference. An international name may be given in Unicode or in punycode. In Unicode, V(ß)
        becomes V(ss), as in mailcow.
      - It must be neither an alias domain nor the host name of the mailcow server. A domain whose last part begins with a digit can
        have no mailboxes, and no aliases except a catch-all.
    type: str
    required: true
  description:
    description:
      - Description of the domain, up to 255 characters.
      - Default on create is the name of the domain.
      - It cannot be emptied, because mailcow then keeps the previous one.
    type: str
  aliases:
    description:
      - Maximum number of aliases of the domain, including those in its alias domains.
      - V(0) allows none, and can only be set when the domain is created, because mailcow ignores it later.
      - It cannot be lower than the number of existing aliases, not counting those in its alias domains.
      - Default on create is V(400).
    type: int
  mailboxes:
    description:
      - Maximum number of mailboxes of the domain. V(0) allows none. Resources do not count.
      - It cannot be lower than the number of existing mailboxes.
      - Default on create is V(10).
    type: int
  defquota:
    description:
      - Quota in MiB that mailcow's web interface suggests for a new mailbox, at least V(1).
      - It has no effect on M(community.mailcow.mailcow_mailbox), which creates a mailbox with unlimited quota if none is specified.
      - It cannot be larger than O(maxquota).
      - Default on create is V(3072).
    type: int
  maxquota:
    description:
      - Maximum quota of a mailbox of the domain in MiB, at least V(1).
      - It cannot be larger than O(quota). For a small domain, set O(defquota), O(maxquota) and O(quota) together.
      - It cannot be lower than the quota of any mailbox of the domain.
      - Default on create is V(10240).
    type: int
  quota:
    description:
      - Maximum sum of the quotas of all mailboxes of the domain in MiB, at least V(1).
      - Mailboxes with unlimited quota do not count.
      - It cannot be lower than the current sum.
      - Default on create is V(10240).
    type: int
  active:
    description:
      - Whether the domain is active. An inactive domain receives no mail, and its users cannot log in.
      - Default on create is V(true).
    type: bool
  gal:
    description:
      - Whether SOGo has a global address list with all users of the domain. A change takes effect after a restart of SOGo.
      - Default on create is V(true).
    type: bool
  backupmx:
    description:
      - Whether mailcow relays mail for this domain to another server, which is the preferred one in its MX records, or the one in a
        transport map of M(community.mailcow.mailcow_transport).
      - Default on create is V(false).
      - mailcow switches it on with O(relay_all_recipients) or O(relay_unknown_only), and keeps it on while one of them is on.
        To switch it off, set all three to V(false).
    type: bool
  relay_all_recipients:
    description:
      - Whether mail to all recipients of the domain is relayed, not only to those that mailcow knows.
      - mailcow then also switches O(backupmx) on.
      - Default on create is V(false).
    type: bool
  relay_unknown_only:
    description:
      - Whether mail to recipients with a mailbox is delivered locally, and only other mail is relayed.
      - mailcow then also switches O(backupmx) and O(relay_all_recipients) on, and leaves them on when this is switched off again.
      - Default on create is V(false).
    type: bool
  relayhost:
    description:
      - The relay host for outgoing mail of this domain, which mailcow also calls a sender-dependent transport.
      - If a mailbox has a different relay host, its mail is sent there, but mailcow logs in with the user name and password of the
        domain's relay host.
      - Its name is its host, such as V(smtp.example.net:587), or its user name and host, such as V(apikey@smtp.example.net:587), as in
        M(community.mailcow.mailcow_relayhost). V(@smtp.example.net:587) is the one without a user name. Case makes no difference.
      - Its ID, as in RV(community.mailcow.mailcow_relayhost#module:status.id), is accepted as well.
      - V(0) or an empty string means none.
      - The task fails if there is no such relay host, or if several have that name. In check mode, a relay host that does not exist
        counts as one that an earlier task would create.
      - Default on create is V(0).
    type: str
  tags:
    description:
      - The tags of the domain. Tags that are not in the list are removed, so V([]) removes all.
      - Order and case make no difference.
      - Default on create is the tags of the template; the template V(Default) has none.
    type: list
    elements: str
  rate_limit:
    description:
      - Maximum number of messages that may be sent from the domain in a time frame, by all mailboxes without a limit of their own
        together.
      - Either a string with number and time frame, such as V(100/h), with the time frames V(s), V(m), V(h) and V(d) for a second, a
        minute, an hour and a day.
      - Or a dictionary with C(value) and C(frame), which is V(s) if omitted.
      - V(0) removes the limit.
      - Default on create is no limit.
  footer:
    description:
      - Text that is appended to all mail that is sent from the domain and its alias domains.
      - mailcow never shows it, so it cannot be compared. O(update_write_only) determines when it is written.
      - It is replaced as a whole; omitted suboptions are reset to their defaults. V({}) removes the footer.
      - The texts can contain variables of mailcow, such as C({= from_name =}), and custom attributes of the mailbox, such as C({= phone
        =}).
      - mailcow keeps the footer when the domain is deleted, and uses it again when the domain is created again.
      - Default on create is the footer of an earlier domain with this name, else none.
    type: dict
    suboptions:
      html:
        description: The footer of HTML mail.
        type: str
        default: ""
      plain:
        description: The footer of plain text mail.
        type: str
        default: ""
      skip_replies:
        description: Whether replies get no footer.
        type: bool
        default: false
      exclude:
        description:
          - Addresses of mailboxes and aliases, and names of alias domains, whose mail gets no footer.
          - All of them must exist. Otherwise the task fails, although mailcow has written the footer.
          - Aliases and alias domains need mailcow 2024-02 or newer.
        type: list
        elements: str
        default: []
  template:
    description:
      - Name or ID of the domain template with the defaults of a new domain. The task fails if it does not exist.
      - It is only used when the domain is created. Later changes of the template do not change the domain.
      - Default on create is the template V(Default).
    type: str
  dkim_selector:
    description:
      - Selector of the DKIM key that mailcow generates for a new domain.
      - It is only used when the domain is created. For existing domains, use M(community.mailcow.mailcow_dkim).
      - If the key of an earlier domain with this name still exists, mailcow keeps that key. The module warns if its selector or size is
        different.
      - Default on create is V(dkim).
      - A selector with a dot needs mailcow 2025-01 or newer.
    type: str
  dkim_key_size:
    description:
      - Size in bits of the DKIM key that mailcow generates for a new domain. V(0) generates none.
      - It is only used when the domain is created, like O(dkim_selector).
      - Default on create is V(2048).
    type: int
    choices:
      - 0
      - 1024
      - 2048
      - 3072
      - 4096
  restart_sogo:
    description:
      - Whether to restart SOGo after the domain has been created. Until SOGo is restarted, it does not know the domain.
      - It is only used when the domain is created.
      - Default on create is V(false).
    type: bool
  update_write_only:
    description: When to write O(footer), which mailcow never shows.
  state:
    description:
      - V(present) creates the domain or changes it.
      - V(absent) deletes the domain, which must not have mailboxes or resources any more.
      - Its aliases, alias domains, tags, rate limit and policies are deleted with it, and so are domain administrators that have no
        other domain.
      - Its footer, its BCC maps, its DKIM key and those of its alias domains are kept. To delete the keys, use
        M(community.mailcow.mailcow_dkim). Recipient maps, transport maps, TLS policy maps and aliases of other domains that refer to
        the domain are kept as well.
      - So are aliases, rate limits and policies of its alias domains. mailcow hides them, and they take effect again when that alias
        domain is created again. To prevent this, delete them first.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_domain_info
  - module: community.mailcow.mailcow_alias_domain
  - module: community.mailcow.mailcow_dkim
  - module: community.mailcow.mailcow_mailbox
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create a domain with the defaults of mailcow
  community.mailcow.mailcow_domain:
    domain: example.com
    description: Example Ltd

- name: Create a small domain with at most 20 mailboxes of 1 GiB
  community.mailcow.mailcow_domain:
    domain: example.com
    mailboxes: 20
    aliases: 100
    defquota: 512
    maxquota: 1024
    quota: 20480
    rate_limit: 500/h
    tags:
      - customer
      - gold

- name: Create a domain from the template Customers, with a DKIM key of its own
  community.mailcow.mailcow_domain:
    domain: example.org
    template: Customers
    dkim_selector: s2026
    dkim_key_size: 2048
    restart_sogo: true

- name: Write the footer of a domain, also when the domain exists already
  community.mailcow.mailcow_domain:
    domain: example.com
    footer:
      plain: Example Ltd, 1 Example Street, Exampletown
      html: <p>Example Ltd, 1 Example Street, Exampletown</p>
      exclude:
        - newsletter@example.com
    update_write_only: always

- name: Relay all mail of a domain to another server
  community.mailcow.mailcow_domain:
    domain: relayed.example
    backupmx: true
    relay_all_recipients: true
    relay_unknown_only: false

- name: Create a relay host
  community.mailcow.mailcow_relayhost:
    hostname: smtp.example.net:587
    username: apikey
    password: "{{ vault_smtp_password }}"

- name: Send the mail of a domain over it, and 500 messages an hour at most
  community.mailcow.mailcow_domain:
    domain: example.com
    relayhost: apikey@smtp.example.net:587
    rate_limit: 500/h

- name: Delete a domain that has no mailboxes any more
  community.mailcow.mailcow_domain:
    domain: example.com
    state: absent

- name: Set the connection once for several tasks
  module_defaults:
    group/community.mailcow.mailcow:
      url: https://mail.example.com
      api_key: "{{ vault_mailcow_api_key }}"
  block:
    - name: Create the domain
      community.mailcow.mailcow_domain:
        domain: example.com

    - name: Create an alias domain for it
      community.mailcow.mailcow_alias_domain:
        alias_domain: example.net
        target_domain: example.com
"""

RETURN = r"""
domain:
  description:
    - The domain as it is now, with the names and units of the options, so it is valid input for the module.
    - Options that mailcow never shows are missing, except those that check mode would write.
    - In check mode, the domain as it would be. For a new one, only the specified options are known.
  returned: when state=present
  type: dict
  contains:
    domain:
      description: Name of the domain, in lower case, international names in punycode.
      returned: success
      type: str
      sample: example.com
    description:
      description: Description of the domain.
      returned: success
      type: str
      sample: Example Ltd
    aliases:
      description: Maximum number of aliases of the domain.
      returned: success
      type: int
      sample: 400
    mailboxes:
      description: Maximum number of mailboxes of the domain.
      returned: success
      type: int
      sample: 20
    defquota:
      description: Quota that the web interface suggests for a new mailbox, in MiB.
      returned: success
      type: int
      sample: 3072
    maxquota:
      description: Maximum quota of a mailbox in MiB.
      returned: success
      type: int
      sample: 10240
    quota:
      description: Maximum sum of the quotas of all mailboxes in MiB.
      returned: success
      type: int
      sample: 20480
    active:
      description: Whether the domain is active.
      returned: success
      type: bool
      sample: true
    gal:
      description: Whether the domain has a global address list in SOGo.
      returned: success
      type: bool
      sample: true
    backupmx:
      description:
        - Whether mailcow relays mail for the domain.
        - V(null) if another program stored a number other than 0 and 1, with which mailcow neither relays nor accepts mail for the domain.
      returned: success
      type: bool
      sample: false
    relay_all_recipients:
      description: Whether mail to all recipients is relayed.
      returned: success
      type: bool
      sample: false
    relay_unknown_only:
      description: Whether only mail to recipients without a mailbox is relayed.
      returned: success
      type: bool
      sample: false
    relayhost:
      description:
        - ID of the relay host on the server, as a string. V(0) means none.
        - In check mode, the name of one that does not exist yet.
      returned: success
      type: str
      sample: "0"
    tags:
      description: The tags of the domain, sorted.
      returned: success
      type: list
      elements: str
      sample:
        - gold
    rate_limit:
      description: The rate limit for outgoing mail.
      returned: success
      type: dict
      contains:
        value:
          description: Maximum number of messages per time frame. V(0) means no limit.
          returned: success
          type: int
          sample: 500
        frame:
          description: The time frame, one of V(s), V(m), V(h) and V(d).
          returned: success
          type: str
          sample: h
    footer:
      description: The footer that would be written. mailcow never shows it.
      returned: in check mode, when it would be written
      type: dict
      contains:
        html:
          description: The footer of HTML mail.
          returned: success
          type: str
          sample: <hr>Example Ltd
        plain:
          description: The footer of plain text mail.
          returned: success
          type: str
          sample: Example Ltd
        skip_replies:
          description: Whether replies get no footer.
          returned: success
          type: bool
          sample: false
        exclude:
          description: Addresses of mailboxes and aliases, and names of alias domains, whose mail gets no footer.
          returned: success
          type: list
          elements: str
          sample:
            - noreply@example.com
    dkim_selector:
      description: Selector of the DKIM key that would be generated. mailcow shows it only with the key.
      returned: in check mode, when a new domain would get it
      type: str
      sample: dkim
    dkim_key_size:
      description: Size in bits of the DKIM key that would be generated. mailcow shows it only with the key.
      returned: in check mode, when a new domain would get it
      type: int
      sample: 2048
    restart_sogo:
      description: Whether SOGo would be restarted after the domain is created.
      returned: in check mode, when a new domain would be created with it
      type: bool
      sample: true
status:
  description:
    - Read-only values of the domain.
    - In check mode all values are V(null) when the domain does not exist yet.
  returned: when state=present
  type: dict
  contains:
    created:
      description: When the domain was created, in the server's time zone and format.
      returned: success
      type: str
      sample: "2026-03-01 09:30:00"
    modified:
      description: When the domain was last changed, in the same format. V(null) if it never was.
      returned: success
      type: str
      sample: "2026-03-02 17:05:41"
    display_name:
      description: Name of the domain in Unicode.
      returned: success
      type: str
      sample: example.com
    mboxes_in_domain:
      description: Number of its mailboxes.
      returned: success
      type: int
      sample: 12
    mboxes_left:
      description: Number of mailboxes that can still be created.
      returned: success
      type: int
      sample: 8
    aliases_in_domain:
      description: Number of its aliases, including those in its alias domains.
      returned: success
      type: int
      sample: 31
    aliases_left:
      description: Number of aliases that can still be created.
      returned: success
      type: int
      sample: 369
    msgs_total:
      description: Number of messages in its mailboxes.
      returned: success
      type: int
      sample: 48210
    bytes_total:
      description: Total size of its messages in bytes.
      returned: success
      type: int
      sample: 5368709120
    quota_used_in_domain:
      description: Sum of the quotas of its mailboxes in bytes. Mailboxes with unlimited quota count as 0.
      returned: success
      type: int
      sample: 12884901888
    max_new_mailbox_quota:
      description: Maximum quota that a new mailbox can have, in bytes.
      returned: success
      type: int
      sample: 8589934592
    def_new_mailbox_quota:
      description: Quota that the web interface suggests for a new mailbox, in bytes.
      returned: success
      type: int
      sample: 3221225472
    domain_admins:
      description: User names of the domain administrators of the domain.
      returned: success
      type: list
      elements: str
      sample:
        - postmaster
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/domain
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - domain_exists example.com
"""

from ..module_utils._kinds.domain import DOMAIN
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(DOMAIN))


if __name__ == "__main__":
    main()
