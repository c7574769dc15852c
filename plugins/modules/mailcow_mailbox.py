#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_mailbox
short_description: Manage mailboxes
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change, rename and delete mailboxes of a mailcow server.
  - Only specified options are managed. An omitted option is neither compared nor changed. Empty strings, empty lists and V(0) count as
    specified.
  - When a mailbox is created, omitted options get their values from O(template), except where another default is mentioned. The
    defaults mentioned below are those of the template V(Default) as mailcow installs it.
  - mailcow never shows the password, nor O(acl), O(tagged_mail_handler), O(extended_sender_acl) and most of O(pushover).
    O(update_password) and O(update_write_only) determine when they are written.
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
      - An object that does not exist may be one that an earlier task would create, so check mode does not require the options for
        creating it.
      - A new password is checked against the password policy of the server. Conflicts with temporary aliases are not predicted.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - Passwords and other values that mailcow never shows cannot be compared. With O(update_password=always) and O(password),
        or with O(update_write_only=always) and one of the options that it is about, a task always reports a change.
options:
  address:
    description:
      - Address of the mailbox. Its domain must be a mail domain of the server, not an alias domain.
      - mailcow stores it in lower case. An international domain may be given in Unicode or in punycode.
      - It must not be the address of an alias, a resource or a temporary alias. Check mode does not detect temporary aliases.
      - Avoid V(/) in it. mailcow's API does not show the app passwords, Sieve filters, sync jobs, temporary aliases, antispam policy and
        spam score of such a mailbox, so they cannot be managed.
    type: str
    required: true
  name:
    description:
      - Full name of the user.
      - Default on create is an empty name.
      - The name of an existing mailbox cannot be changed to an empty string or to V(0), because mailcow then keeps the previous one.
    type: str
  password:
    description:
      - Password of the mailbox. It must meet the password policy of the server.
      - A hash with its scheme in front, such as V({BLF-CRYPT}$2y$05$...), is stored as it is.
      - Required to create a mailbox with O(authsource=mailcow). mailcow ignores it with other sources.
      - O(update_password) determines when it is written to existing mailboxes.
    type: str
  quota:
    description:
      - Quota of the mailbox in MiB. V(0) is unlimited.
      - The quota of the domain limits it, see O(community.mailcow.mailcow_domain#module:maxquota) and
        O(community.mailcow.mailcow_domain#module:quota). An unlimited mailbox does not count towards it.
      - It can be smaller than the used space.
      - Default on create is V(0). It is not O(community.mailcow.mailcow_domain#module:defquota).
    type: int
  active:
    description:
      - Whether the mailbox receives mail. With V(false), its user cannot log in either.
      - Default on create is V(true).
    type: bool
  login:
    description:
      - Whether the user of an active mailbox can log in. With O(active=true) and O(login=false), mail is still delivered.
      - It has no effect while the mailbox is inactive, and mailcow does not store it then.
      - Default on create is V(true).
    type: bool
  authsource:
    description:
      - Which system verifies the password. All except V(mailcow) require that such an identity provider has been set up on the server.
        Otherwise the task fails before anything is written, because mailcow would create a mailbox with V(mailcow).
      - Default on create is V(mailcow).
      - Needs mailcow 2025-03 or newer. On an older server V(mailcow) holds, and anything else is refused.
    type: str
    choices:
      mailcow: The server itself.
      keycloak: Keycloak.
      generic-oidc: Another OpenID Connect provider.
      ldap: An LDAP server.
  force_pw_update:
    description:
      - Whether the user has to change the password at the next login to the web interface of mailcow.
      - Can only be V(true) with O(authsource=mailcow).
      - Default on create is V(false).
    type: bool
  force_tfa:
    description:
      - Whether the user has to set up two-factor authentication at the next login to the web interface of mailcow.
      - Cannot be V(true) with O(authsource=generic-oidc).
      - Default on create is V(false).
      - Needs mailcow 2026-03 or newer. On an older server V(false) holds, and anything else is refused.
    type: bool
  sogo_access:
    description:
      - Whether the user can use the webmail SOGo after a login to the web interface.
      - Default on create is V(true).
    type: bool
  imap_access:
    description:
      - Whether mail can be read over IMAP.
      - Default on create is V(true).
    type: bool
  pop3_access:
    description:
      - Whether mail can be fetched over POP3.
      - Default on create is V(true).
    type: bool
  smtp_access:
    description:
      - Whether mail can be sent over SMTP.
      - Default on create is V(true).
    type: bool
  sieve_access:
    description:
      - Whether mail programs can change filters over ManageSieve.
      - Default on create is V(true).
    type: bool
  eas_access:
    description:
      - Whether Exchange ActiveSync can be used.
      - Default on create is V(true).
      - Needs mailcow 2026-01 or newer. On an older server V(true) holds, and anything else is refused.
    type: bool
  dav_access:
    description:
      - Whether calendars and contacts can be used over CalDAV and CardDAV.
      - Default on create is V(true).
      - Needs mailcow 2026-01 or newer. On an older server V(true) holds, and anything else is refused.
    type: bool
  tls_enforce_in:
    description:
      - Whether incoming mail requires TLS. Mail that another server delivers without it is rejected.
      - Default on create is V(false).
    type: bool
  tls_enforce_out:
    description:
      - Whether outgoing mail requires TLS. It is not sent to servers without it.
      - Default on create is V(false).
    type: bool
  quarantine_notification:
    description:
      - How often the user is notified of new messages in the quarantine.
      - Default on create is V(hourly).
    type: str
    choices:
      - never
      - hourly
      - daily
      - weekly
  quarantine_category:
    description:
      - Messages in the quarantine of which the user is notified.
      - Default on create is V(reject).
    type: str
    choices:
      add_header: Those that were delivered to the junk folder.
      reject: Those that were rejected.
      all: Both.
  relayhost:
    description:
      - The relay host for outgoing mail of this mailbox, which mailcow also calls a sender-dependent transport.
      - If the domain has a different relay host, mail is sent to the one of the mailbox, but mailcow logs in with the user name and
        password of the domain's relay host.
      - Its name is its host, such as V(smtp.example.net:587), or its user name and host, such as V(apikey@smtp.example.net:587), as in
        M(community.mailcow.mailcow_relayhost). V(@smtp.example.net:587) is the one without a user name. Case makes no difference.
      - Its ID, as in RV(community.mailcow.mailcow_relayhost#module:status.id), is accepted as well.
      - V(0) or an empty string means none.
      - The task fails if there is no such relay host, or if several have that name. In check mode, a relay host that does not exist
        counts as one that an earlier task would create.
      - Default on create is V(0).
    type: str
  pw_recovery_email:
    description:
      - Address to which the user can have a link sent to reset a forgotten password. An empty string removes it.
      - mailcow stores it only with O(authsource=mailcow).
      - Default on create is none.
      - Needs mailcow 2024-08 or newer. On an older server only an empty string is accepted.
    type: str
  tags:
    description:
      - The tags of the mailbox. Tags that are not in the list are removed, so V([]) removes all.
      - Order and case make no difference.
      - Default on create is the tags of the template; the template V(Default) has none.
    type: list
    elements: str
  rate_limit:
    description:
      - Maximum number of messages that may be sent from the mailbox in a time frame.
      - Either a string with number and time frame, such as V(100/h), with the time frames V(s), V(m), V(h) and V(d) for a second, a
        minute, an hour and a day.
      - Or a dictionary with C(value) and C(frame), which is V(s) if omitted.
      - V(0) removes the limit.
      - The limit of the domain applies to mailboxes without a limit of their own; it is neither compared nor returned here.
      - Default on create is no limit of its own.
  sender_acl:
    description:
      - Additional addresses as which the user may send. These are addresses of other mailboxes and aliases, V(@example.com) or
        V(example.com) for all addresses of a domain or alias domain of this server, or V(*) for any address.
      - The list replaces the one on the server, so V([]) removes all. Order and case make no difference.
      - The address of the mailbox, and aliases that deliver to it and have O(community.mailcow.mailcow_alias#module:sender_allowed),
        are always allowed. mailcow never shows them here, so they are ignored in the list.
      - All other addresses and domains must exist on the server.
      - It is written only when it differs, because this takes some seconds on a server with thousands of aliases.
      - Default on create is no additional ones.
      - mailcow shows it since 2026-07a. An older server accepts it without showing it, so it cannot be compared there.
        O(update_write_only) then determines when it is written, and the module gives a warning.
    type: list
    elements: str
  custom_attributes:
    description:
      - Custom attributes and their values, for example for the footer of the domain. They replace those on the server, so V({}) removes
        all.
      - mailcow removes spaces from the names, and stores all values as strings.
      - Default on create is none.
    type: dict
  spam_score:
    description:
      - Scores from which mail is treated as spam. Specify either O(spam_score.low) and O(spam_score.high), or
        O(spam_score.default=true).
      - Reading it takes an additional request, so it is only returned if it is specified.
      - Default on create is the default of the server.
    type: dict
    suboptions:
      low:
        description: Score from which mail is marked as spam. It must be less than O(spam_score.high).
        type: float
      high:
        description: Score from which mail is rejected.
        type: float
      default:
        description:
          - V(true) restores the default of the server.
          - mailcow does not show whether a mailbox has no scores of its own or the same ones, so these two are treated as equal.
        type: bool
        default: false
  pushover:
    description:
      - Notifications through the service Pushover.
      - mailcow shows only whether they are active, so only O(pushover.active) is compared. If it differs, everything is written.
        O(update_write_only) determines when the rest is written.
      - Default on create is no notifications.
    type: dict
    suboptions:
      active:
        description:
          - Whether the user is notified.
          - O(pushover.key) and O(pushover.token) are required to activate it, and for the first settings of a mailbox.
        type: bool
        default: true
      key:
        description: User or group key of Pushover, 30 letters and digits. If omitted, the one on the server is kept.
        type: str
      token:
        description: API token of the application at Pushover, 30 letters and digits. If omitted, the one on the server is kept.
        type: str
      title:
        description: Title of the notification. If omitted or empty, the one on the server is kept.
        type: str
      text:
        description: Text of the notification. If omitted or empty, the one on the server is kept.
        type: str
      sound:
        description: Name of the sound. If omitted, it is reset to the default of Pushover.
        type: str
      senders:
        description:
          - Only mail from these addresses triggers a notification. V([]) removes them all. If omitted, those on the server are kept.
          - mailcow silently ignores invalid addresses.
        type: list
        elements: str
      senders_regex:
        description:
          - Regular expression with delimiters, for example V(/@example\\.com$/i). Only mail from matching senders triggers a
            notification.
          - An empty string removes it. If omitted, the one on the server is kept.
        type: str
      evaluate_x_prio:
        description: Whether notifications of mail that the sender marked as urgent have high priority.
        type: bool
        default: false
      only_x_prio:
        description: Whether only mail that the sender marked as urgent triggers a notification.
        type: bool
        default: false
      test:
        description:
          - Whether mailcow tests O(pushover.key) and O(pushover.token) with Pushover after the settings have been written. If Pushover
            rejects them, the task fails with its message.
          - Nothing is tested if nothing is written, or in check mode. The settings are kept even if the test fails.
        type: bool
        default: false
  acl:
    description:
      - What the user may do in the web interface of mailcow. Everything that is not in the list is forbidden.
      - mailcow never shows it. O(update_write_only) determines when it is written.
      - Default on create is all but V(syncjobs), V(sogo_profile_reset) and V(pw_reset).
      - V(pw_reset) needs mailcow 2024-08 or newer.
    type: list
    elements: str
    choices:
      spam_alias: Manage temporary aliases.
      tls_policy: Change O(tls_enforce_in) and O(tls_enforce_out).
      spam_score: Change O(spam_score).
      spam_policy: Manage the allow lists and block lists.
      delimiter_action: Change O(tagged_mail_handler).
      syncjobs: Manage sync jobs.
      eas_reset: Reset the cache of ActiveSync devices.
      sogo_profile_reset: Reset the profile in SOGo.
      pushover: Change O(pushover).
      quarantine: See and handle messages in quarantine.
      quarantine_attachments: See attachments of messages in quarantine.
      quarantine_notification: Change O(quarantine_notification).
      quarantine_category: Change O(quarantine_category).
      app_passwds: Manage app passwords.
      pw_reset: Reset a forgotten password.
  tagged_mail_handler:
    description:
      - What happens to mail with a tag in the address, such as V(jane+news@example.com).
      - mailcow never shows it. O(update_write_only) determines when it is written.
      - Default on create is the value of an earlier mailbox with this address, or else V(none), regardless of the template.
    type: str
    choices:
      subject: The tag is put in front of the subject.
      subfolder: The mail goes to a folder with the name of the tag.
      none: The mail is delivered like any other.
  extended_sender_acl:
    description:
      - Addresses and domains outside this server that the user may send as. The list replaces the one on the server.
      - mailcow never shows it. O(update_write_only) determines when it is written.
      - Default on create is none.
    type: list
    elements: str
  template:
    description:
      - Name or ID of the mailbox template with the defaults of a new mailbox. The task fails if it does not exist.
      - It is only used when the mailbox is created. Later changes of the template do not change the mailbox, unless an identity
        provider assigned it by O(community.mailcow.mailcow_identity_provider#module:attribute_mapping).
      - Default on create is the template V(Default).
    type: str
  update_password:
    description: When to write O(password), which mailcow never shows.
    type: str
    choices:
      on_create: Only when the mailbox is created. The password of an existing one is not changed.
      always: Each time the task runs. The task then always reports a change.
    default: on_create
  update_write_only:
    description:
      - When to write O(acl), O(tagged_mail_handler), O(extended_sender_acl) and O(pushover), which mailcow does not show, and O(sender_acl)
        on a server before 2026-07a, which does not show that either.
      - A change of O(pushover.active) is written in any case.
  rename_to:
    description:
      - New address of the mailbox, in the same domain. mailcow renames only active mailboxes.
      - If the mailbox O(address) no longer exists, the other options apply to this address, so the task can be repeated. If neither
        exists, the mailbox is created under this address.
      - The task fails if both exist.
      - mailcow does not rename everything. The spam score, the allow list and the block list, the rate limit, the handling of tagged
        mail and temporary aliases keep the old address, and so do aliases with more than one destination. Set the options for the
        former in the same task, and correct such aliases with M(community.mailcow.mailcow_alias).
      - Ignored with O(state=absent).
      - Needs mailcow 2024-11 or newer.
    type: str
  rename_keeps_alias:
    description: Whether the old address becomes an alias of the mailbox when it is renamed.
    type: bool
    default: false
  state:
    description:
      - V(present) creates the mailbox or changes it.
      - V(absent) deletes the mailbox with all its mail, which can take a minute if it is large.
      - Its filters, app passwords, sync jobs, temporary aliases, calendars and contacts are deleted with it, and so are aliases that
        deliver only to it. It is removed from the destinations of other aliases. BCC maps that send copies to it are kept.
      - An older server deletes only a part of this if the address contains an apostrophe, and the task warns about it. To delete its
        calendars and contacts, first rename the mailbox with O(rename_to).
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_mailbox_info
  - module: community.mailcow.mailcow_alias
  - module: community.mailcow.mailcow_domain
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create a mailbox with a quota of 2 GiB
  community.mailcow.mailcow_mailbox:
    address: jane@example.com
    name: Jane Doe
    password: "{{ vault_jane_password }}"
    quota: 2048
    tags:
      - staff

- name: Set a new password, and have the user change it
  community.mailcow.mailcow_mailbox:
    address: jane@example.com
    password: "{{ vault_jane_new_password }}"
    update_password: always
    force_pw_update: true

- name: Create a mailbox that may also send as others, with limits of its own
  community.mailcow.mailcow_mailbox:
    address: joe@example.com
    password: "{{ vault_joe_password }}"
    sender_acl:
      - jane@example.com
      - "@example.net"
    rate_limit: 50/h
    spam_score:
      low: 5
      high: 12

- name: Create a mailbox from the template Devices, for use with IMAP and SMTP only
  community.mailcow.mailcow_mailbox:
    address: scanner@example.com
    password: "{{ vault_scanner_password }}"
    template: Devices
    pop3_access: false
    sieve_access: false
    eas_access: false
    dav_access: false
    sogo_access: false
    acl: []

- name: Send the mail of a mailbox over a relay host
  community.mailcow.mailcow_mailbox:
    address: newsletter@example.com
    relayhost: apikey@smtp.example.net:587

- name: Keep receiving mail for someone who left, without letting them in
  community.mailcow.mailcow_mailbox:
    address: joe@example.com
    active: true
    login: false

- name: Write what mailcow never shows, also when the mailbox exists already
  community.mailcow.mailcow_mailbox:
    address: jane@example.com
    tagged_mail_handler: subfolder
    acl:
      - app_passwds
      - quarantine
      - spam_alias
    update_write_only: always

- name: Rename a mailbox, and keep receiving mail under the old address
  community.mailcow.mailcow_mailbox:
    address: jane@example.com
    rename_to: jane.doe@example.com
    rename_keeps_alias: true

- name: Delete a mailbox with all its mail
  community.mailcow.mailcow_mailbox:
    address: joe@example.com
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

    - name: Create a mailbox in it
      community.mailcow.mailcow_mailbox:
        address: postmaster@example.com
        password: "{{ vault_first_password }}"
"""

RETURN = r"""
mailbox:
  description:
    - The mailbox as it is now, with the names and units of the options, so it is valid input for the module.
    - Options that mailcow never shows are missing, except those that check mode would write.
    - In check mode, the mailbox as it would be. For a new one, only the specified options are known.
  returned: when state=present
  type: dict
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
      returned: when O(spam_score) is given
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
        default:
          description: V(true) if the scores are to be the default of the server.
          returned: in check mode, when they would become the default
          type: bool
          sample: true
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
        title:
          description: Title of the notification.
          returned: in check mode, when it would be written
          type: str
          sample: New mail
        text:
          description: Text of the notification.
          returned: in check mode, when it would be written
          type: str
          sample: You have new mail
        sound:
          description: Name of the sound.
          returned: in check mode, when it would be written
          type: str
          sample: pushover
        senders:
          description: Only mail from these addresses will be notified.
          returned: in check mode, when it would be written
          type: list
          elements: str
          sample:
            - boss@example.com
        senders_regex:
          description: Only mail from senders that match it will be notified.
          returned: in check mode, when it would be written
          type: str
          sample: /@example\.com$/i
        evaluate_x_prio:
          description: Whether mail that its sender marked as urgent will be notified with high priority.
          returned: in check mode, when it would be written
          type: bool
          sample: false
        only_x_prio:
          description: Whether only mail that its sender marked as urgent will be notified.
          returned: in check mode, when it would be written
          type: bool
          sample: false
    acl:
      description: What the user will be allowed to do in the web interface of mailcow. mailcow never shows it.
      returned: in check mode, when it would be written
      type: list
      elements: str
      sample:
        - quarantine
    tagged_mail_handler:
      description: What will be done with tagged mail. mailcow never shows it.
      returned: in check mode, when it would be written
      type: str
      sample: subfolder
    extended_sender_acl:
      description: Addresses and domains elsewhere that the user will be allowed to send as. mailcow never shows them.
      returned: in check mode, when they would be written
      type: list
      elements: str
      sample:
        - jane@example.org
status:
  description:
    - Read-only values of the mailbox.
    - In check mode all values are V(null) when the mailbox does not exist yet.
  returned: when state=present
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
  sample: POST add/mailbox
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - mailbox_quota_left_exceeded 512
"""

from ..module_utils._kinds.mailbox import MAILBOX
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(MAILBOX))


if __name__ == "__main__":
    main()
