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
  - Read the newest entries of one of mailcow's logs, all of them or those that are new enough and match.
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
      api: Requests to the API, the one of this module included. The message is made of method and path.
      autodiscover: Mail programs that asked for their settings. The message is made of user, address and program.
      cron: Tasks that run by the clock. The program is the task. It needs mailcow 2025-03 or newer.
      dovecot: Logins and delivery to mailboxes.
      netfilter: Addresses that were banned for failed logins.
      postfix: Mail received and sent.
      ratelimited: Mail that a rate limit held up. The message is made of sender, recipients and subject.
      rspamd-history: Mail that Rspamd has checked. The message is made of its verdict, sender, recipients and subject.
      rspamd-stats: The counters of Rspamd, as a single entry without a time.
      sasl: The last login of each user from each address by each service. The message is made of user and address.
      sogo: Webmail, calendars and contacts.
      ui: What was done in the web UI, not by the API. Priorities are V(success), V(warning) and V(danger), the program is its function.
      watchdog: Health of the services. Where mailcow wrote numbers only, the message is made of them.
  count:
    description:
      - How many of the newest entries to read, at least V(1). O(since) and O(match) choose among these.
      - A server keeps as many as C(LOG_LINES) in its C(mailcow.conf) says, 9999 if that was not changed. RV(complete) tells whether
        there may be more.
      - V(rspamd-stats) ignores it.
    type: int
    default: 1000
  since:
    description:
      - Only entries of that time or later. Entries without a time are left out then.
      - Either an age, such as V(15m), V(12h), V(1d12h) or V(2w), in seconds (C(s)), minutes (C(m)), hours (C(h)), days (C(d)) and weeks
        (C(w)), or a date and time in ISO 8601, such as V(2026-07-01T10:00:00Z), in UTC if it names no time zone.
      - If this is omitted, entries of any time.
    type: str
  match:
    description:
      - Only entries whose RV(entries[].message) this regular expression of Python is found in. It is checked before the first request.
        Write V((?i)) before it to ignore case. Entries without a message are left out then.
      - If this is omitted, entries with any message.
    type: str
  timezone:
    description:
      - Time zone of the server, as C(TZ) in its C(mailcow.conf), for example V(Europe/Berlin).
      - Only O(log=sasl) needs it, because mailcow writes its times in the zone of the server and does not say which one that is.
    type: str
    default: UTC
notes:
  - mailcow gives an empty log also while the service that it asks does not run, for example Rspamd.
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
  description: The entries, newest first. A line that mailcow itself could not read has V(null) everywhere.
  returned: success
  type: list
  elements: dict
  contains:
    time:
      description: When it was written, in ISO 8601 and UTC. V(null) if the log does not say.
      returned: success
      type: str
      sample: "2026-07-01T10:00:07Z"
    timestamp:
      description: The same in whole seconds since 1970, the number that the server writes.
      returned: success
      type: int
      sample: 1782900007
    priority:
      description: How important it is, for example V(info), V(warn) or V(crit). V(null) if the log does not say.
      returned: success
      type: str
      sample: info
    program:
      description: What wrote it. V(null) if the log does not say.
      returned: success
      type: str
      sample: postfix/qmgr
    message:
      description: What it says. V(null) if it has no text.
      returned: success
      type: str
      sample: "8C9F01A2B3: removed"
    details:
      description:
        - All else that the log says, with the names and values of the server. Empty for many logs.
        - For O(log=api), what was sent is in C(attr) and C(items). For O(log=ui), what was called is in C(call).
      returned: success
      type: dict
      sample:
        remote: 192.0.2.1
complete:
  description:
    - Whether there is nothing else to find, because the log has no more entries, or the others are older than O(since).
    - If it is V(false), there may be more with a larger O(count).
  returned: success
  type: bool
  sample: true
request:
  description:
    - The request that failed.
    - V(null) when it was not about a single request, for example for a mistake in O(match).
  returned: on failure
  type: str
  sample: GET get/logs/postfix/1000
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request, for example for a log that it does not know
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
