#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_mailbox_info
short_description: List mailboxes
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the mailboxes of a mailcow server, those of some domains, or get one of them.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  address:
    description:
      - Address of the only mailbox to get. The list is empty if there is no such mailbox.
    type: str
  domains:
    description:
      - Names of the domains whose mailboxes to list. Names that do not exist in mailcow are ignored.
      - If this and O(address) are omitted, the mailboxes of all domains are listed. This takes some seconds for a domain with a
        thousand of them.
      - Together with O(address), the mailbox is only returned if it is in one of these domains.
    type: list
    elements: str
  details:
    description:
      - Whether to get O(community.mailcow.mailcow_mailbox#module:spam_score) as well. This takes an additional request per mailbox.
    type: bool
    default: false
seealso:
  - module: community.mailcow.mailcow_mailbox
"""

EXAMPLES = r"""
- name: List the mailboxes of a domain
  community.mailcow.mailcow_mailbox_info:
    domains:
      - example.com
  register: result

- name: Show those that nobody has read over IMAP for half a year
  ansible.builtin.debug:
    msg: "{{ result.mailboxes | selectattr('status.last_imap_login', 'lt', since | int) | map(attribute='address') }}"
  vars:
    since: "{{ now().timestamp() - 180 * 24 * 3600 }}"

- name: Get one mailbox with its spam score
  community.mailcow.mailcow_mailbox_info:
    address: jane@example.com
    details: true
  register: result

- name: Show its quota in MiB, and what is used of it in bytes
  ansible.builtin.debug:
    msg: "{{ result.mailboxes[0].quota }} MiB, {{ result.mailboxes[0].status.quota_used }} bytes in use"
  when: result.mailboxes | length == 1
"""

RETURN = r"""
mailboxes:
  description:
    - The mailboxes, each with the names and units of the options of M(community.mailcow.mailcow_mailbox), and with
      RV(mailboxes[].status). Without the latter, it is valid input for that module.
    - Options that mailcow never shows are missing.
  returned: success
  type: list
  elements: dict
  contains:
    address:
      description: Address of the mailbox, in lower case, international domains in punycode.
      returned: success
      type: str
      sample: jane@example.com
    name:
      description: Full name of the user.
      returned: success
      type: str
      sample: Jane Doe
    quota:
      description:
        - Quota in MiB. V(0) is unlimited.
        - Rounded down if the size on the server is not a whole number of MiB.
      returned: success
      type: int
      sample: 2048
    active:
      description: Whether the mailbox receives mail.
      returned: success
      type: bool
      sample: true
    login:
      description: Whether its user can log in. Always V(true) for an inactive mailbox.
      returned: success
      type: bool
      sample: true
    authsource:
      description: Which system verifies the password.
      returned: success
      type: str
      sample: mailcow
    force_pw_update:
      description: Whether the user has to change the password at the next login to mailcow.
      returned: success
      type: bool
      sample: false
    force_tfa:
      description: Whether the user has to set up two-factor authentication at the next login to mailcow.
      returned: success
      type: bool
      sample: false
    sogo_access:
      description: Whether the user can use SOGo.
      returned: success
      type: bool
      sample: true
    imap_access:
      description: Whether IMAP is allowed.
      returned: success
      type: bool
      sample: true
    pop3_access:
      description: Whether POP3 is allowed.
      returned: success
      type: bool
      sample: true
    smtp_access:
      description: Whether sending by SMTP is allowed.
      returned: success
      type: bool
      sample: true
    sieve_access:
      description: Whether ManageSieve is allowed.
      returned: success
      type: bool
      sample: true
    eas_access:
      description: Whether Exchange ActiveSync is allowed.
      returned: success
      type: bool
      sample: true
    dav_access:
      description: Whether CalDAV and CardDAV are allowed.
      returned: success
      type: bool
      sample: true
    tls_enforce_in:
      description: Whether incoming mail requires TLS.
      returned: success
      type: bool
      sample: false
    tls_enforce_out:
      description: Whether outgoing mail requires TLS.
      returned: success
      type: bool
      sample: false
    quarantine_notification:
      description: How often the user is notified of mail in the quarantine.
      returned: success
      type: str
      sample: hourly
    quarantine_category:
      description: Mail in the quarantine of which the user is notified.
      returned: success
      type: str
      sample: reject
    relayhost:
      description:
        - ID of the relay host on the server, as a string. V(0) means none.
        - In check mode, the name of one that does not exist yet.
      returned: success
      type: str
      sample: "0"
    pw_recovery_email:
      description: Address for resetting the password, empty if there is none.
      returned: success
      type: str
      sample: jane.doe@example.org
    tags:
      description: The tags of the mailbox, sorted.
      returned: success
      type: list
      elements: str
      sample:
        - staff
    rate_limit:
      description: The rate limit of the mailbox itself.
      returned: success
      type: dict
      contains:
        value:
          description: Maximum number of messages per time frame. V(0) means no limit of its own.
          returned: success
          type: int
          sample: 50
        frame:
          description: The time frame, one of V(s), V(m), V(h) and V(d).
          returned: success
          type: str
          sample: h
    sender_acl:
      description: Additional addresses as which the user may send, sorted. Addresses that are always allowed are not included.
      returned: success
      type: list
      elements: str
      sample:
        - info@example.com
        - "@example.net"
    custom_attributes:
      description: The custom attributes.
      returned: success
      type: dict
      sample:
        phone: "+44 20 7946 0000"
    spam_score:
      description:
        - Scores from which mail is treated as spam.
        - If it has the default of the server, these are the scores of the default.
      returned: when O(details=true)
      type: dict
      contains:
        low:
          description: Score from which mail is marked as spam.
          returned: success
          type: float
          sample: 8.0
        high:
          description: Score from which mail is rejected.
          returned: success
          type: float
          sample: 15.0
    pushover:
      description: The Pushover notifications. mailcow shows only whether they are active.
      returned: success
      type: dict
      contains:
        active:
          description: Whether the user is notified.
          returned: success
          type: bool
          sample: false
    status:
      description: Read-only values of the mailbox.
      returned: success
      type: dict
      contains:
        created:
          description: When the mailbox was created, in the server's time zone and format.
          returned: success
          type: str
          sample: "2026-03-01 09:30:00"
        modified:
          description: When the mailbox was last changed, in the same format.
          returned: success
          type: str
          sample: "2026-03-02 17:05:41"
        password_changed:
          description: When the password was last set, in the same format.
          returned: success
          type: str
          sample: "2026-03-01 09:30:00"
        quota_used:
          description: Size of the mail in the mailbox in bytes.
          returned: success
          type: int
          sample: 734003200
        percent_in_use:
          description: Used part of the quota in percent. V(null) if the quota is unlimited.
          returned: success
          type: int
          sample: 34
        messages:
          description: Number of messages in the mailbox.
          returned: success
          type: int
          sample: 5120
        max_new_quota:
          description: Maximum quota that the mailbox can have, in bytes.
          returned: success
          type: int
          sample: 8589934592
        last_imap_login:
          description: Time of the last login over IMAP, in seconds since 1970 (Unix time). V(0) means never.
          returned: success
          type: int
          sample: 1772443800
        last_pop3_login:
          description: Time of the last login over POP3, in the same format.
          returned: success
          type: int
          sample: 0
        last_smtp_login:
          description: Time of the last login over SMTP, in the same format.
          returned: success
          type: int
          sample: 1772443800
        last_sso_login:
          description: Time of the last login by single sign-on, in the same format.
          returned: success
          type: int
          sample: 0
        spam_aliases:
          description: Number of temporary aliases of the mailbox.
          returned: success
          type: int
          sample: 0
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/domain/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.mailbox import MAILBOX
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(MAILBOX))


if __name__ == "__main__":
    main()
