#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_mailbox_template
short_description: Set mailbox templates
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete templates of mailboxes. A new mailbox gets the values of omitted options from the template in
    O(community.mailcow.mailcow_mailbox#module:template). A change of the template does not change existing mailboxes, unless an
    identity provider assigned it by O(community.mailcow.mailcow_identity_provider#module:attribute_mapping).
  - If no template is specified, mailcow uses the template C(Default). It can be changed, but neither deleted nor renamed, and pruning
    with M(community.mailcow.mailcow_config) keeps it.
  - A template is identified by its name. Case makes no difference. mailcow allows several with the same name, if one has been renamed.
    If there are several, the task fails and lists their IDs, and O(id) selects one of them.
  - Only specified options are managed. An omitted option is neither compared nor changed. V(false), V(0) and an empty list count as
    specified.
  - mailcow replaces the whole template with each change, and damages it if something is omitted. The module sends the current values of
    omitted options, and repairs templates that were damaged in this way.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
  - community.mailcow.options.rate_limit
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  template:
    description:
      - Name of the template, at most 255 characters.
      - Required to create a template and, unless O(id) is given, to find one. Together with O(id), the new name.
    type: str
  id:
    description:
      - ID of the template on the server, as in RV(status.id).
      - Only required to rename a template, or if several have the same name.
      - The task fails if there is no mailbox template with this ID, unless O(state=absent).
    type: int
  quota:
    description:
      - Quota of a new mailbox in MiB. V(0) is unlimited.
      - Default on create is V(0).
    type: int
  active:
    description:
      - Whether a new mailbox is active. An inactive mailbox receives no mail.
      - Default on create is V(true).
    type: bool
  login:
    description:
      - Whether the owner of a new mailbox can log in. With V(false), the mailbox only receives mail. It has no effect while
        O(active=false), and is then always returned as V(true).
      - Default on create is V(true).
    type: bool
  force_pw_update:
    description:
      - Whether the owner of a new mailbox must change the password at the first login.
      - Default on create is V(false).
    type: bool
  force_tfa:
    description:
      - Whether the owner of a new mailbox must set up two-factor authentication at the first login.
      - Default on create is V(false).
      - Needs mailcow 2026-07 or newer. On an older server V(false) holds, and anything else is refused.
    type: bool
  tls_enforce_in:
    description:
      - Whether incoming mail requires TLS.
      - Default on create is V(false).
    type: bool
  tls_enforce_out:
    description:
      - Whether outgoing mail requires TLS.
      - Default on create is V(false).
    type: bool
  sogo_access:
    description:
      - Whether the owner of a new mailbox can use SOGo.
      - Default on create is V(true).
    type: bool
  protocol_access:
    description:
      - The protocols that can be used. The list replaces the one on the server. With an empty list, none can be used.
      - V(dav) is for calendars and contacts, V(eas) for Exchange ActiveSync, V(sieve) for filter rules, the others for mail.
      - Default on create is all of them.
      - A list without V(eas) or V(dav) needs mailcow 2026-01 or newer. On an older server they can always be used.
    type: list
    elements: str
    choices:
      - imap
      - pop3
      - smtp
      - sieve
      - eas
      - dav
  acl:
    description:
      - What the owner of a new mailbox may do in the web interface. The option O(community.mailcow.mailcow_mailbox#module:acl) of
        mailboxes describes the values. The list replaces the one on the server. With an empty list, the owner may do none of this.
      - Default on create is all but V(syncjobs), V(sogo_profile_reset) and V(pw_reset), as in the template C(Default) of a new server.
      - V(pw_reset) needs mailcow 2024-08 or newer.
    type: list
    elements: str
    choices:
      - spam_alias
      - tls_policy
      - spam_score
      - spam_policy
      - delimiter_action
      - syncjobs
      - eas_reset
      - sogo_profile_reset
      - pushover
      - quarantine
      - quarantine_attachments
      - quarantine_notification
      - quarantine_category
      - app_passwds
      - pw_reset
  quarantine_notification:
    description:
      - How often the owner of a new mailbox is notified of mail in the quarantine.
      - Default on create is V(hourly).
    type: str
    choices:
      - never
      - hourly
      - daily
      - weekly
  quarantine_category:
    description:
      - Mail for which the owner is notified. V(add_header) is mail in the junk folder, V(reject) is rejected mail, V(all) is both.
      - Default on create is V(reject).
    type: str
    choices:
      - add_header
      - reject
      - all
  tagged_mail_handler:
    description:
      - What happens to mail for a tagged address, such as C(jane+shop@example.com). V(subject) adds the tag to the subject,
        V(subfolder) moves the mail to a folder with the name of the tag.
      - mailcow stores it in the template, but does not apply it to new mailboxes. For these, set
        O(community.mailcow.mailcow_mailbox#module:tagged_mail_handler).
      - Default on create is V(none).
      - Needs mailcow 2025-09 or newer. On an older server V(none) holds, and anything else is refused.
    type: str
    choices:
      - subject
      - subfolder
      - none
  rate_limit:
    description:
      - Maximum number of messages that may be sent from a new mailbox in a time frame.
      - Either a string with number and time frame, such as V(100/h), with the time frames V(s), V(m), V(h) and V(d) for a second, a
        minute, an hour and a day.
      - Or a dictionary with C(value) and C(frame), which is V(s) if omitted.
      - V(0) removes the limit.
      - Default on create is no limit.
  tags:
    description:
      - The tags of a new mailbox. The list replaces the one on the server. Order and case make no difference.
      - Default on create is none.
    type: list
    elements: str
  state:
    description:
      - V(present) creates the template or changes it.
      - V(absent) deletes the template.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_mailbox_template_info
  - module: community.mailcow.mailcow_mailbox
  - module: community.mailcow.mailcow_domain_template
"""

EXAMPLES = r"""
- name: Staff has 2 GiB and reads mail by IMAP only
  community.mailcow.mailcow_mailbox_template:
    template: Staff
    quota: 2048
    protocol_access:
      - imap
      - smtp
    rate_limit:
      value: 100
      frame: h
    tags:
      - staff

- name: Create a mailbox of it
  community.mailcow.mailcow_mailbox:
    address: jane@example.com
    password: "{{ vault_jane_password }}"
    template: Staff

- name: Require two-factor authentication for everybody else
  community.mailcow.mailcow_mailbox_template:
    template: Default
    force_tfa: true

- name: Delete the template, which changes no mailbox
  community.mailcow.mailcow_mailbox_template:
    template: Staff
    state: absent
"""

RETURN = r"""
mailbox_template:
  description:
    - The template as it is now, with the names of the options, so it is valid input for the module.
    - In check mode, the template as it would be.
  returned: when state=present
  type: dict
  contains:
    template:
      description: Name of the template.
      returned: success
      type: str
      sample: Staff
    quota:
      description: Quota of a new mailbox in MiB. V(0) is unlimited.
      returned: success
      type: int
      sample: 2048
    active:
      description: Whether a new mailbox is active.
      returned: success
      type: bool
      sample: true
    login:
      description: Whether the owner of a new mailbox can log in.
      returned: success
      type: bool
      sample: true
    force_pw_update:
      description: Whether the owner must change the password at the first login.
      returned: success
      type: bool
      sample: false
    force_tfa:
      description: Whether the owner must set up two-factor authentication.
      returned: success
      type: bool
      sample: false
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
    sogo_access:
      description: Whether SOGo can be used.
      returned: success
      type: bool
      sample: true
    protocol_access:
      description: The protocols that can be used.
      returned: success
      type: list
      elements: str
      sample:
        - imap
        - smtp
    acl:
      description: What the owner of a new mailbox may do in the web interface.
      returned: success
      type: list
      elements: str
      sample:
        - spam_alias
        - spam_score
    quarantine_notification:
      description: How often the owner is notified of mail in the quarantine.
      returned: success
      type: str
      sample: hourly
    quarantine_category:
      description: Mail in the quarantine of which the owner is notified.
      returned: success
      type: str
      sample: reject
    tagged_mail_handler:
      description: What happens to mail for a tagged address.
      returned: success
      type: str
      sample: subfolder
    rate_limit:
      description: Maximum number of messages in a time frame.
      returned: success
      type: dict
      contains:
        value:
          description: Number of messages. V(0) if there is no limit.
          returned: success
          type: int
          sample: 100
        frame:
          description: The time frame.
          returned: success
          type: str
          sample: h
    tags:
      description: Tags, sorted without regard to case.
      returned: success
      type: list
      elements: str
      sample:
        - gold
status:
  description:
    - Read-only values of the template.
    - In check mode all values are V(null) when the template does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description:
        - ID of the template on the server, the value of the option O(id).
      returned: success
      type: int
      sample: 7
    created:
      description: When the template was created, in the server's time zone and format.
      returned: success
      type: str
      sample: "2026-03-01 09:30:00"
    modified:
      description: When the template was last changed, in the same format. V(null) if it never was.
      returned: success
      type: str
      sample: "2026-03-02 17:05:41"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/mailbox/template
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.mailbox_template import MAILBOX_TEMPLATE
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(MAILBOX_TEMPLATE))


if __name__ == "__main__":
    main()
