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
  - Only options that are given are managed. An option that is omitted is neither compared nor changed.
    Empty texts, empty lists and V(0) are values.
  - When a domain is created, O(template) decides about all options that are omitted.
    The defaults mentioned below are those of the template V(Default) as mailcow installs it.
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
      - Whether a new domain has the name of the mailcow server itself, which mailcow refuses, is not looked at.
      - A domain counts as not empty, so that it cannot be deleted, even if earlier tasks would delete what is in it.
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
      - Neither the name of an alias domain nor the host name of the mailcow server can be a domain.
    type: str
    required: true
  description:
    description:
      - Description of the domain, up to 255 characters.
      - Default on create is the name of the domain.
      - It cannot be emptied, because mailcow keeps the old one then.
    type: str
  aliases:
    description:
      - How many aliases the domain may have, together with those of its alias domains.
      - V(0) allows none. It can only be set when the domain is created, because mailcow keeps the old number otherwise.
      - It cannot be set below the number of aliases that there are, without those of its alias domains.
      - Default on create is V(400).
    type: int
  mailboxes:
    description:
      - How many mailboxes the domain may have. V(0) allows none.
      - It cannot be set below the number of mailboxes that there are.
      - Default on create is V(10).
    type: int
  defquota:
    description:
      - Quota in MiB that the web interface of mailcow proposes for a new mailbox, at least V(1).
      - It has no effect on M(community.mailcow.mailcow_mailbox), which creates a mailbox without a quota when none is given.
      - It cannot be larger than O(maxquota).
      - Default on create is V(3072).
    type: int
  maxquota:
    description:
      - The largest quota that a mailbox of the domain may have, in MiB, at least V(1).
      - It cannot be larger than O(quota). For a small domain give O(defquota), O(maxquota) and O(quota) together.
      - It cannot be set below the quota of any mailbox of the domain.
      - Default on create is V(10240).
    type: int
  quota:
    description:
      - What the quotas of all mailboxes of the domain may add up to, in MiB, at least V(1).
      - Mailboxes with unlimited quota do not count.
      - It cannot be set below what these quotas add up to already.
      - Default on create is V(10240).
    type: int
  active:
    description:
      - Whether the domain is active. An inactive domain takes no mail, and its users cannot log in.
      - Default on create is V(true).
    type: bool
  gal:
    description:
      - Whether SOGo has a global address list with all users of the domain. A change takes effect when SOGo is restarted.
      - Default on create is V(true).
    type: bool
  backupmx:
    description:
      - Whether mailcow relays mail for this domain to another server. This is the one that its MX records prefer, unless a transport map of
        M(community.mailcow.mailcow_transport) names another.
      - Default on create is V(false).
      - mailcow switches it on with O(relay_all_recipients) or O(relay_unknown_only), and keeps it on while one of them is on.
        To switch it off, set all three to V(false).
    type: bool
  relay_all_recipients:
    description:
      - Whether mail to all recipients of the domain is relayed, and not only to those that mailcow knows.
      - mailcow switches O(backupmx) on with it.
      - Default on create is V(false).
    type: bool
  relay_unknown_only:
    description:
      - Whether mail to recipients with a mailbox is delivered here, and only the rest is relayed.
      - mailcow switches O(backupmx) and O(relay_all_recipients) on with it, and leaves them on when it is switched off again.
      - Default on create is V(false).
    type: bool
  relayhost:
    description:
      - The relay host that sends the mail of this domain, which mailcow also calls a sender-dependent transport.
      - If a mailbox has another relay host, its mail goes to that one, but mailcow logs in there with the user name and the password of
        the one of the domain.
      - It is called by its server, such as V(smtp.example.net:587), or by its user name and server, such as
        V(apikey@smtp.example.net:587), as M(community.mailcow.mailcow_relayhost) has them. V(@smtp.example.net:587) is the
        one without a user name. Case makes no difference.
      - It can also be its number on the server, which RV(community.mailcow.mailcow_relayhost#module:status.id) shows.
      - V(0) or an empty text is none.
      - The task fails if there is no such relay host, or if several have that name.
        In check mode, one with a name that is not there counts as one that an earlier task would create.
      - Default on create is V(0).
    type: str
  tags:
    description:
      - The tags of the domain. Tags that are not in the list are removed, so V([]) removes all.
      - Order and case make no difference.
      - Default on create is those of the template. The template V(Default) has none.
    type: list
    elements: str
  rate_limit:
    description:
      - How many messages may be sent from the domain in a time frame, by all mailboxes together that have no limit of their own.
      - As a text with the number and the frame, such as V(100/h). The frames are V(s), V(m), V(h) and V(d), for a second, a
        minute, an hour and a day.
      - Or as a dictionary with C(value) and C(frame). If C(frame) is omitted there, it is V(s).
      - V(0) takes the limit off.
      - Default on create is no limit.
  footer:
    description:
      - Text that is added to all mail that is sent from the domain and its alias domains.
      - mailcow never shows it, so it cannot be compared. See O(update_write_only) for when it is written.
      - It is replaced as a whole, with what is omitted set to its default. V({}) removes the footer.
      - The texts can contain variables of mailcow, such as C({= from_name =}).
        They can contain custom attributes of the mailbox as well, such as C({= phone =}).
      - mailcow keeps the footer when the domain is deleted. It is back when the domain is created again.
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
          - All of them must exist. If one does not, the task fails, although mailcow has written the footer.
          - Aliases and alias domains need mailcow 2024-02 or newer.
        type: list
        elements: str
        default: []
  template:
    description:
      - Name or id of the domain template that the new domain takes its defaults from.
      - It is only used when the domain is created. The domain is not changed when the template changes later.
      - Default on create is the template V(Default).
    type: str
  dkim_selector:
    description:
      - Selector of the DKIM key that mailcow makes for a new domain.
      - It is only used when the domain is created. Use M(community.mailcow.mailcow_dkim) for a domain that exists.
      - If there is still a key of an earlier domain with this name, mailcow keeps that key, whatever is given here.
        The module warns if that key has another selector or size.
      - Default on create is V(dkim).
      - One with a dot needs mailcow 2025-01 or newer.
    type: str
  dkim_key_size:
    description:
      - Size of that DKIM key in bits. V(0) makes no key.
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
      - Whether to restart SOGo after the domain was created. SOGo does not know the domain before that.
      - It is only used when the domain is created.
      - Default on create is V(false).
    type: bool
  update_write_only:
    description: When to write O(footer), which mailcow never shows.
  state:
    description:
      - V(present) creates the domain or changes it.
      - V(absent) deletes the domain. It must not have mailboxes or resources any more.
      - Its aliases, alias domains, tags, rate limit and policies go with it, and domain administrators that have no other domain.
      - Its footer, its BCC maps, its DKIM key and those of its alias domains stay. Delete the keys with
        M(community.mailcow.mailcow_dkim). Recipient maps, transport maps, TLS policy maps and aliases of other domains that name the
        domain stay as well.
      - Aliases, rate limits and policies of its alias domains stay too, although mailcow does not show them any more.
        They are back when that alias domain is created again. Delete them first, if that is not wanted.
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
    - The domain as it is now, with the names and units of the options, so that it can be given back as input.
    - Options that mailcow never shows are missing, except those that check mode would write.
    - In check mode, the domain as it would be. Of a domain that would be created, only what is given is known.
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
      description: How many aliases the domain may have.
      returned: success
      type: int
      sample: 400
    mailboxes:
      description: How many mailboxes the domain may have.
      returned: success
      type: int
      sample: 20
    defquota:
      description: Quota that the web interface proposes for a new mailbox, in MiB.
      returned: success
      type: int
      sample: 3072
    maxquota:
      description: The largest quota that a mailbox may have, in MiB.
      returned: success
      type: int
      sample: 10240
    quota:
      description: What the quotas of all mailboxes may add up to, in MiB.
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
        - Number of the relay host on the server, as a text. V(0) is none.
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
      description: The limit for sending mail.
      returned: success
      type: dict
      contains:
        value:
          description: How many messages may be sent per time frame. V(0) is no limit.
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
      description: Selector of the DKIM key that would be made. mailcow shows it only with the key.
      returned: in check mode, when a new domain would get it
      type: str
      sample: dkim
    dkim_key_size:
      description: Size of the DKIM key that would be made, in bits. mailcow shows it only with the key.
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
    - What mailcow says about the domain beside its options.
    - In check mode all values are V(null) when the domain does not exist yet.
  returned: when state=present
  type: dict
  contains:
    created:
      description: When the domain was created, in the time zone of the server, as the server writes it.
      returned: success
      type: str
      sample: "2026-03-01 09:30:00"
    modified:
      description: When the domain was last changed, in the same form. V(null) if it never was.
      returned: success
      type: str
      sample: "2026-03-02 17:05:41"
    display_name:
      description: Name of the domain in Unicode.
      returned: success
      type: str
      sample: example.com
    mboxes_in_domain:
      description: How many mailboxes the domain has.
      returned: success
      type: int
      sample: 12
    mboxes_left:
      description: How many more mailboxes it may have.
      returned: success
      type: int
      sample: 8
    aliases_in_domain:
      description: How many aliases the domain has, with those of its alias domains.
      returned: success
      type: int
      sample: 31
    aliases_left:
      description: How many more aliases it may have.
      returned: success
      type: int
      sample: 369
    msgs_total:
      description: How many messages are in its mailboxes.
      returned: success
      type: int
      sample: 48210
    bytes_total:
      description: How large these messages are, in bytes.
      returned: success
      type: int
      sample: 5368709120
    quota_used_in_domain:
      description: What the quotas of its mailboxes add up to, in bytes. Mailboxes without a quota count as 0.
      returned: success
      type: int
      sample: 12884901888
    max_new_mailbox_quota:
      description: The largest quota that a new mailbox could get, in bytes.
      returned: success
      type: int
      sample: 8589934592
    def_new_mailbox_quota:
      description: The quota that the web interface would propose for a new mailbox, in bytes.
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
    - V(null) when it was not about a single request, for example for a value that mailcow cannot hold.
  returned: on failure
  type: str
  sample: POST add/domain
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
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
