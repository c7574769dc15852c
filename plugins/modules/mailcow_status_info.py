#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_status_info
short_description: Get the server status
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Get the version of a mailcow server, the state of its containers, the load of its host, and the usage of its mail storage.
  - If the server cannot return a part of this, the task does not fail, and RV(problems) contains the reason. The task fails if the
    server does not respond or rejects the API key.
  - With O(until), the module waits until the server is running, for example after an update.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  subsets:
    description:
      - Parts to get, each with a request of its own. An empty list only tests the connection and the key.
      - If omitted, these are the parts about the server itself that every server can return.
    type: list
    elements: str
    choices:
      addresses: Its public addresses, for which mailcow queries a server of the mailcow project on the internet. This can take up to 30
        seconds.
      containers: The state of its containers.
      host: The load of its host.
      rspamd_actions: What Rspamd did with messages, and how often.
      rspamd_presets: The examples that the web interface has for Rspamd settings.
      sieve_presets: The examples that the web interface has for Sieve filters.
      solr: Its full text search. Servers since 2025-01 do not have it any more; it is then in RV(problems).
      version: Its version.
      vmail: Usage of its mail storage.
    default:
      - containers
      - host
      - version
      - vmail
  until:
    description:
      - With V(running), the module repeats the requests until the server responds and all its containers are in the state C(running).
        The containers are then returned even if they are not in O(subsets).
      - If the server does not respond, or responds with errors, the requests are repeated. If it rejects the API key (HTTP 401), the
        task fails immediately.
      - After O(timeout), the task fails with a message about what is missing.
      - If omitted, the requests are made once.
    type: str
    choices:
      - running
  containers:
    description:
      - Names of the containers that must run, for example V(postfix-mailcow), for RV(not_running) and O(until=running). Specify them if
        others are stopped on purpose.
      - If omitted, these are all containers in Docker, which do not include containers that were never created. A mailcow before
        2026-03 does not list stopped containers, so there the containers of every mailcow must run as well.
    type: list
    elements: str
  timeout:
    description:
      - Without O(until), the number of seconds to wait for a response of the server, at least V(1).
      - With O(until), the total number of seconds to wait. If the server is very slow, the last response can take up to twice as long.
      - If omitted, the environment variable E(MAILCOW_TIMEOUT) is used if it is set.
    type: int
    default: 120
  delay:
    description:
      - Seconds between two requests with O(until), at least V(1).
    type: int
    default: 5
seealso:
  - module: community.mailcow.mailcow_log_info
  - module: community.mailcow.mailcow_queue_info
"""

EXAMPLES = r"""
- name: Get the state of the server
  community.mailcow.mailcow_status_info:
  register: result

- name: Fail if a container does not run
  ansible.builtin.assert:
    that: result.not_running == []
    fail_msg: "{{ result.not_running | join(', ') }}"

- name: Warn when the mail storage gets full
  ansible.builtin.debug:
    msg: "{{ result.vmail.used }} of {{ result.vmail.total }} are used"
  when:
    - result.vmail is defined
    - result.vmail.percent > 80

- name: Wait for up to ten minutes until the server runs after an update
  community.mailcow.mailcow_status_info:
    subsets:
      - version
    until: running
    timeout: 600
    delay: 10

- name: Get the public addresses, and what Rspamd did
  community.mailcow.mailcow_status_info:
    subsets:
      - addresses
      - rspamd_actions
  register: result

- name: Wait for what receives and delivers mail only
  community.mailcow.mailcow_status_info:
    until: running
    containers:
      - postfix-mailcow
      - dovecot-mailcow
      - rspamd-mailcow
"""

RETURN = r"""
containers:
  description: The containers of mailcow by name, including those that are not running.
  returned: when the subset was requested and the server could return it
  type: dict
  sample:
    postfix-mailcow:
      image: ghcr.io/mailcow/postfix:1.81
      started_at: "2026-07-01T10:00:00Z"
      state: running
  contains:
    state:
      description: State of the container, as Docker names it, for example V(running), V(restarting) or V(exited).
      returned: success
      type: str
      sample: running
    image:
      description: Image of the container.
      returned: success
      type: str
      sample: ghcr.io/mailcow/postfix:1.81
    started_at:
      description: When it was started, in ISO 8601 and UTC. V(null) if it never was.
      returned: success
      type: str
      sample: "2026-07-01T10:00:00Z"
not_running:
  description:
    - The reasons why the server is not running, as sentences. These are containers in O(containers) in a state other than C(running),
      or the reason why their states are unknown.
    - Empty if the server is running.
  returned: when V(containers) is among O(subsets), or with O(until)
  type: list
  elements: str
  sample: [clamd-mailcow is restarting]
lacks:
  description: Features of the modules of this collection that this server does not support, because it is older. Each with the module,
    the option (V(null) for the whole module), the value of the option (V(null) for any) and the release of mailcow that introduced it.
  returned: when V(version) is among O(subsets) and the server could return it
  type: list
  elements: dict
  sample: [{module: mailcow_mailbox, option: acl, value: pw_reset, since: 2024-08}]
host:
  description: The host of the containers.
  returned: when the subset was requested and the server could return it
  type: dict
  contains:
    cpu_cores:
      description: Number of its processor cores.
      returned: success
      type: int
      sample: 4
    cpu_percent:
      description: Load of its processors, in percent.
      returned: success
      type: float
      sample: 12.5
    memory_bytes:
      description: Its memory, in bytes.
      returned: success
      type: int
      sample: 8326627328
    memory_percent:
      description: Used part of its memory in percent.
      returned: success
      type: float
      sample: 61.2
    swap_bytes:
      description: Its swap space, in bytes. V(null) if unknown.
      returned: success
      type: int
      sample: 1073741824
    swap_percent:
      description: Used part of its swap space in percent. V(null) if unknown.
      returned: success
      type: float
      sample: 3.1
    uptime_seconds:
      description: Seconds since it was started.
      returned: success
      type: int
      sample: 864000
    system_time:
      description: Its date and time, in its own time zone and format.
      returned: success
      type: str
      sample: 22.11.2026 08:00:00
    architecture:
      description: Architecture of its processors.
      returned: success
      type: str
      sample: x86_64
version:
  description: Version of mailcow.
  returned: when the subset was requested and the server could return it
  type: str
  sample: 2026-07a
vmail:
  description: The disk with the mail storage.
  returned: when the subset was requested and the server could return it
  type: dict
  contains:
    disk:
      description: Device of the disk.
      returned: success
      type: str
      sample: /dev/vda1
    used:
      description: Used space as formatted by the server, rounded up. C(k), C(M), C(G) and C(T) are powers of 1000.
      returned: success
      type: str
      sample: 11G
    total:
      description: Size of the disk as formatted by the server.
      returned: success
      type: str
      sample: 41G
    used_percent:
      description: Used part of the disk as formatted by the server.
      returned: success
      type: str
      sample: 28%
    used_bytes:
      description: Used space in bytes, with the precision of RV(vmail.used).
      returned: success
      type: int
      sample: 11000000000
    total_bytes:
      description: Size of the disk in bytes, with the precision of RV(vmail.total).
      returned: success
      type: int
      sample: 41000000000
    percent:
      description: Used part of the disk in percent.
      returned: success
      type: int
      sample: 28
addresses:
  description: The public addresses of the server.
  returned: when the subset was requested and the server could return it
  type: dict
  contains:
    ipv4:
      description: Its IPv4 address. V(null) for none.
      returned: success
      type: str
      sample: 192.0.2.25
    ipv6:
      description: Its IPv6 address. V(null) for none.
      returned: success
      type: str
      sample: 2001:db8::25
rspamd_actions:
  description: How often Rspamd took each of its actions since it was started.
  returned: when the subset was requested and the server could return it
  type: dict
  sample:
    no action: 9
    reject: 1
rspamd_presets:
  description: Examples of Rspamd settings, for M(community.mailcow.mailcow_rspamd_setting).
  returned: when the subset was requested and the server could return it
  type: list
  elements: dict
  contains:
    name:
      description: Name in mailcow.
      returned: success
      type: str
      sample: rsetting_no_selection
    headline:
      description: What it does.
      returned: success
      type: str
      sample: No spam filter for a domain
    content:
      description: The rules.
      returned: success
      type: str
      sample: want_spam = yes;
sieve_presets:
  description: Examples of Sieve filters, for M(community.mailcow.mailcow_sieve_filter).
  returned: when the subset was requested and the server could return it
  type: list
  elements: dict
  contains:
    name:
      description: Name in mailcow.
      returned: success
      type: str
      sample: sieve_preset_1
    headline:
      description: What it does.
      returned: success
      type: str
      sample: Discard
    content:
      description: The script.
      returned: success
      type: str
      sample: discard;
solr:
  description: The full text search of servers before 2025-01.
  returned: when the subset was requested and the server could return it
  type: dict
  contains:
    enabled:
      description: Whether it is enabled.
      returned: success
      type: bool
      sample: true
    size:
      description: Size of the index, as Solr writes it.
      returned: success
      type: str
      sample: 1.2 MB
    documents:
      description: Number of messages in the index.
      returned: success
      type: int
      sample: 1234
problems:
  description: The reasons for those of O(subsets) that the server could not return. Empty if there are none.
  returned: success
  type: dict
  sample:
    vmail: mailcow could not get the disk usage from its container dovecot-mailcow
attempts:
  description: Number of attempts. V(1) without O(until).
  returned: success
  type: int
  sample: 3
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if O(timeout) has passed.
  returned: on failure
  type: str
  sample: GET get/status/version
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.status import STATUS_INFO


def main() -> None:
    run(STATUS_INFO)


if __name__ == "__main__":
    main()
