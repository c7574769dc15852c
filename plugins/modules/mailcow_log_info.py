#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_log_info
short_description: Read logs
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Read the newest entries of one of mailcow's logs, all or only recent and matching ones.
  - The entries of all logs have the same keys.
  - Passwords, tokens and private keys that mailcow writes to its logs are masked.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  log:
    description: The log to read.
    type: str
    required: true
    choices:
      acme: TLS certificates. A message of the certificate authority is decoded.
      api: Requests to the API, including the one of this module. The message contains method and path.
      autodiscover: Mail programs that requested their settings. The message contains user, address and program.
      cron: Scheduled tasks. The program is the task. It needs mailcow 2025-03 or newer.
      dovecot: Logins and delivery to mailboxes.
      netfilter: Addresses that were banned for failed logins.
      postfix: Mail received and sent.
      ratelimited: Mail that exceeded a rate limit. The message contains sender, recipients and subject.
      rspamd-history: Mail that Rspamd has checked. The message contains its verdict, sender, recipients and subject.
      rspamd-stats: The counters of Rspamd, as a single entry without a time.
      sasl: The last login of each user from each address by each service. The message contains user and address.
      sogo: Webmail, calendars and contacts.
      ui: Actions in the web UI, not of the API. Priorities are V(success), V(warning) and V(danger); the program is the function.
      watchdog: Health of the services. If mailcow wrote only numbers, the message consists of them.
  count:
    description:
      - Number of newest entries to read, at least V(1). O(since) and O(match) select from these.
      - A server keeps as many entries as C(LOG_LINES) in its C(mailcow.conf), by default 9999. RV(complete) is V(false) if there may be
        more.
      - V(rspamd-stats) ignores it.
    type: int
    default: 1000
  since:
    description:
      - Only entries from this time or later. Entries without a time are then omitted.
      - Either an age, such as V(15m), V(12h), V(1d12h) or V(2w), in seconds (C(s)), minutes (C(m)), hours (C(h)), days (C(d)) and weeks
        (C(w)), or a date and time in ISO 8601, such as V(2026-07-01T10:00:00Z), in UTC if it names no time zone.
      - If omitted, entries of any time are returned.
    type: str
  match:
    description:
      - Python regular expression that RV(entries[].message) must contain. It is validated before the first request. Begin it with
        V((?i\)) to ignore case. Entries without a message are then omitted.
      - If omitted, entries with any message are returned.
    type: str
  timezone:
    description:
      - Time zone of the server, as C(TZ) in its C(mailcow.conf), for example V(Europe/Berlin).
      - It is only needed for O(log=sasl), because mailcow writes its times in the time zone of the server without specifying it.
    type: str
    default: UTC
notes:
  - mailcow also returns an empty log while the service behind it is not running, for example Rspamd.
seealso:
  - module: community.mailcow.mailcow_status_info
"""

EXAMPLES = r"""
- name: Show the last 100 lines of Postfix
  community.mailcow.mailcow_log_info:
    log: postfix
    count: 100
  register: result

- name: Print them as in a terminal, oldest first
  ansible.builtin.debug:
    msg: "{{ result.entries | reverse | map(attribute='message') }}"

- name: Look for rejected mail of the last hour
  community.mailcow.mailcow_log_info:
    log: postfix
    count: 10000
    since: 1h
    match: 'NOQUEUE: reject'
  register: rejected

- name: Warn if the log does not go back that far
  ansible.builtin.debug:
    msg: There may have been more, mailcow did not keep them
  when: not rejected.complete

- name: List who logged in today
  community.mailcow.mailcow_log_info:
    log: sasl
    since: 24h
    timezone: Europe/Berlin
  register: logins

- name: Show the users
  ansible.builtin.debug:
    msg: "{{ logins.entries | map(attribute='details.username') | unique }}"
"""

RETURN = r"""
entries:
  description: The entries, newest first. If mailcow itself could not parse a line, all values are V(null).
  returned: success
  type: list
  elements: dict
  contains:
    time:
      description: Time of the entry, in ISO 8601 and UTC. V(null) if unknown.
      returned: success
      type: str
      sample: "2026-07-01T10:00:07Z"
    timestamp:
      description: The same in whole seconds since 1970, as written by the server.
      returned: success
      type: int
      sample: 1782900007
    priority:
      description: Priority of the entry, for example V(info), V(warn) or V(crit). V(null) if unknown.
      returned: success
      type: str
      sample: info
    program:
      description: Program that wrote the entry. V(null) if unknown.
      returned: success
      type: str
      sample: postfix/qmgr
    message:
      description: Text of the entry. V(null) if it has none.
      returned: success
      type: str
      sample: "8C9F01A2B3: removed"
    details:
      description:
        - All other data of the entry, with the names and values of the server. Empty for many logs.
        - With O(log=api), the body of the request is in C(attr) and C(items). With O(log=ui), the call is in C(call).
      returned: success
      type: dict
      sample:
        remote: 192.0.2.1
complete:
  description:
    - Whether these are all matching entries, because the log has no more entries, or the others are older than O(since).
    - If it is V(false), a larger O(count) may return more.
  returned: success
  type: bool
  sample: true
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/logs/postfix/1000
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request, for example for an unknown log
  type: list
  elements: str
  sample:
    - route not found
"""

from ..module_utils._module import run
from ..module_utils._tasks.logs import LOG_INFO


def main() -> None:
    run(LOG_INFO)


if __name__ == "__main__":
    main()
