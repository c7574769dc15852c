# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: dkim_published
short_description: Query all name servers for DKIM keys
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Queries each name server of a zone for the record of a DKIM key, and can wait until all of them have it. The role
    P(community.mailcow.rotate_dkim#role) uses it before it imports a new key.
  - The name servers are queried directly. A resolver that is queried before a record exists would cache that it does not exist, and mail
    servers that use this resolver could not verify mail for some time.
  - Keys are compared by meaning. The order of the tags does not matter, and neither does how the text is split.
requirements:
  - dnspython (Python library) 2.6 or newer on the controller
options:
  _terms:
    description: The keys, each a dictionary with C(domain), C(selector), and C(value), which is the text of the record.
    type: list
    elements: dict
    required: true
  ttl:
    description: TTL of the records in seconds. It is only returned.
    type: int
    default: 3600
  wait:
    description: Seconds to repeat the queries, as long as a name server does not have a key. V(0) queries once.
    type: float
    default: 0
  interval:
    description: Seconds between two queries.
    type: float
    default: 10
  nameservers:
    description:
      - Addresses of resolvers that know the name servers of the zones.
      - If omitted, the resolvers of the controller are used.
    type: list
    elements: str
    default: []
  nameserver_port:
    description: Port of O(nameservers) and of the name servers of the zones.
    type: int
    default: 53
  dns_timeout:
    description: Seconds to wait for a response.
    type: float
    default: 5
seealso:
  - module: community.mailcow.mailcow_dns_info
  - ref: ansible_collections.community.mailcow.docsite.guide_rotate_dkim
    description: A rotation from beginning to end.
"""

EXAMPLES = r"""
- name: Wait until all name servers have a key
  ansible.builtin.set_fact:
    published: "{{ lookup('community.mailcow.dkim_published', key, wait=600) }}"
  vars:
    key:
      domain: example.com
      selector: 2026-11
      value: "{{ lookup('ansible.builtin.file', '2026-11.txt') }}"

- name: Fail if one of them does not
  ansible.builtin.assert:
    that: published.state == 'ok'
    fail_msg: "{{ published.message }}"
"""

RETURN = r"""
_raw:
  description: The responses of the name servers for each key.
  type: list
  elements: dict
  contains:
    domain:
      description: The domain.
      type: str
    selector:
      description: The selector.
      type: str
    zone:
      description: Name of the zone of the record. If the zone is unknown, the name of the domain.
      type: str
    name:
      description: Name of the record relative to the zone.
      type: str
    fqdn:
      description: Full name of the record.
      type: str
    type:
      description: Always V(TXT).
      type: str
    ttl:
      description: The option O(ttl).
      type: int
    value:
      description: The text of the record in one piece.
      type: str
    strings:
      description: The text in pieces of at most 255 bytes.
      type: list
      elements: str
    rdata:
      description: The text in the format of zone files, quoted and in pieces.
      type: str
    state:
      description:
        - V(ok) if all name servers have the key.
        - V(partial) if some of them have it.
        - V(wrong) if none has it, and some have another key.
        - V(unknown) if none is known to have a key, and some do not respond.
        - V(missing) if none has a key.
      type: str
    message:
      description: The problem of each name server. Empty if there is none.
      type: str
    servers:
      description: The response of each name server.
      type: list
      elements: dict
      contains:
        server:
          description: Name of the server.
          type: str
        state:
          description: V(ok), V(missing), V(wrong) or V(unknown).
          type: str
        message:
          description: The problem, V(null) if there is none.
          type: str
"""

from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ..module_utils._api.errors import MailcowError
from ..plugin_utils._published import Question


class LookupModule(LookupBase):  # type: ignore[misc]
    """Asks the name servers; see DOCUMENTATION."""

    def run(self, terms: list[dict[str, str]], variables: Any = None, **kwargs: Any) -> list[dict[str, Any]]:
        self.set_options(var_options=variables, direct=kwargs)
        nameservers, port = self.get_option("nameservers"), self.get_option("nameserver_port")
        question = Question(nameservers, port, self.get_option("dns_timeout"), self.get_option("ttl"))
        try:
            return question.wait(terms, self.get_option("wait"), self.get_option("interval"))
        except MailcowError as error:
            raise AnsibleError(str(error)) from None
