#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_rspamd_map
short_description: Write Rspamd maps
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Write one of the filter maps of Rspamd for the whole server (System > Configuration > Options > Global filter maps). For those of
    domains and mailboxes, see M(community.mailcow.mailcow_domain_policy) and M(community.mailcow.mailcow_mailbox_policy).
  - mailcow's API does not show the maps. So the module cannot compare them, writes the map in each run, and always reports a change.
  - mailcow checks neither the lines nor whether the file of the map exists. Rspamd reloads a changed map automatically, ignores invalid
    lines, and writes them to its log.
  - Mail of denied senders and for denied recipients is not kept in the quarantine.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It checks the values, but makes no request.
  diff_mode:
    support: partial
    details:
      - The previous settings are not known.
  idempotent:
    support: none
    details:
      - mailcow does not show these settings.
options:
  map:
    description: The map to write.
    type: str
    required: true
    choices:
      bad_header: Headers of junk mail.
      bad_languages: Bad languages.
      bad_words: Bad words, which count together with fishy top-level domains.
      bad_words_de: German bad words, which count together with fishy top-level domains.
      bulk_header: Headers of bulk mail.
      fishy_tlds: Fishy top-level domains, which count together with bad words.
      global_mime_from_blacklist: Denied senders, by the header From.
      global_mime_from_whitelist: Allowed senders, by the header From.
      global_rcpt_blacklist: Denied recipients.
      global_rcpt_whitelist: Recipients whose mail is accepted without any check.
      global_smtp_from_blacklist: Denied senders, by the envelope.
      global_smtp_from_whitelist: Allowed senders, by the envelope.
      monitoring_nolog: Senders, by the header From, whose mail Rspamd neither logs nor counts, such as monitoring.
  content:
    description:
      - All lines of the map, each a regular expression such as C(/.+@example\.com/i). Lines that begin with V(#) are comments.
      - It replaces the current lines. An empty string empties the map.
    type: str
    required: true
seealso:
  - module: community.mailcow.mailcow_rspamd_setting
  - module: community.mailcow.mailcow_domain_policy
  - module: community.mailcow.mailcow_mailbox_policy
  - name: Rspamd maps
    description: The syntax of the lines of a map.
    link: https://docs.rspamd.com/modules/multimap/
"""

EXAMPLES = r"""
- name: Deny senders on the whole server
  community.mailcow.mailcow_rspamd_map:
    map: global_smtp_from_blacklist
    content: |
      /.+@spam\.example/i
      /^newsletter@/i

- name: Write a map from a file
  community.mailcow.mailcow_rspamd_map:
    map: bad_words
    content: "{{ lookup('ansible.builtin.file', 'bad_words.map') }}"
"""

RETURN = r"""
rspamd_map:
  description: The map as it was written. In check mode, as it would be.
  returned: success
  type: dict
  contains:
    map:
      description: Name of the map.
      returned: success
      type: str
      sample: global_smtp_from_blacklist
    content:
      description: All of its lines, without empty ones at the beginning and the end.
      returned: success
      type: str
      sample: /.+@spam\.example/i
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST edit/rspamd-map
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - global_map_write_error bad_words.map
"""

from ..module_utils._module import run
from ..module_utils._tasks.rspamd_map import RSPAMD_MAP


def main() -> None:
    run(RSPAMD_MAP)


if __name__ == "__main__":
    main()
