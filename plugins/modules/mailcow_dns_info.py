#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_dns_info
short_description: List DNS records
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the DNS records that each mail domain and alias domain of a mailcow server needs,
    as data for the modules of DNS providers and as lines for zone files.
  - With O(compare=true), also return whether the DNS has each record now.
  - Nothing is changed, neither in mailcow nor in the DNS. The read-only key is sufficient.
  - The records are those in mailcow's manual and on the DNS page of its web UI. Alias domains get no records for mail programs, because
    mailcow gets no certificates for such names. If the server is only a backup MX for a domain, or relays its mail, only the records
    for incoming mail are listed.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
requirements:
  - dnspython (Python library) 2.6 or newer on the host that runs the module, for O(compare=true)
  - cryptography (Python library) on the host that runs the module, for O(tlsa) and O(tlsa_certificate)
options:
  domains:
    description:
      - Names of the mail domains and alias domains whose records to list. A name that does not exist on the server causes a warning.
      - If omitted, those of all active domains and alias domains are listed.
    type: list
    elements: str
  hostname:
    description:
      - Full name of the mail server, C(MAILCOW_HOSTNAME) in its configuration. The API does not show it.
      - If omitted, the name in O(url) is used. The module fails if that is an IP address or has no dot.
    type: str
  purposes:
    description:
      - Purposes of the records to list.
      - If omitted, all of them are listed.
    type: list
    elements: str
    choices:
      mx: Incoming mail (C(MX)).
      spf: Which servers send mail of the domain (C(TXT)).
      dkim: The public key that mail is signed with (C(TXT)). There is none for a domain without a key in mailcow.
      dmarc: What receivers do with mail that passes neither SPF nor DKIM (C(TXT)).
      autodiscover: How Outlook and mobile devices find the server (C(CNAME) and C(SRV)).
      autoconfig: How Thunderbird finds the server (C(CNAME)).
      mail_clients: How other mail programs find IMAP, POP3, submission and Sieve (C(SRV)).
      calendars: How programs find calendars and address books (C(SRV) and C(TXT)).
      mta_sts: That other servers have to use TLS (C(CNAME) and C(TXT)). Only for domains with an active MTA-STS policy in mailcow.
      tls_rpt: Where other servers report TLS failures (C(TXT)).
      tlsa: The key of the server (C(TLSA)). Only with O(tlsa) or O(tlsa_certificate).
    default:
      - mx
      - spf
      - dkim
      - dmarc
      - autodiscover
      - autoconfig
      - mail_clients
      - calendars
      - mta_sts
      - tls_rpt
      - tlsa
  zones:
    description:
      - Names of the zones in your DNS. A record belongs to the closest zone that contains its name.
      - Specify them if a mail domain is not a zone of its own, for example V(example.com) for the mail domain V(lists.example.com).
      - If omitted, or if a name is in none of them, the mail domain is assumed to be the zone.
    type: list
    elements: str
    default: []
  ttl:
    description:
      - TTL of the records in seconds. It is not compared.
    type: int
    default: 3600
  mx_priority:
    description:
      - Priority of the C(MX) records. Servers with smaller numbers are preferred.
      - If the server is only a backup MX for a domain, V(10) is added.
    type: int
    default: 10
  spf:
    description:
      - Text of the SPF records. V({domain}) in it is replaced with the name of the domain.
      - An empty string lists no SPF records.
    type: str
    default: v=spf1 mx ~all
  dmarc:
    description:
      - Text of the DMARC records. V({domain}) in it is replaced with the name of the domain.
      - An empty string lists no DMARC records.
      - If omitted, V(v=DMARC1; p=none) is suggested, and any valid record is accepted in a comparison.
    type: str
  tls_rpt:
    description:
      - Text of the TLS-RPT records, for example V(v=TLSRPTv1; rua=mailto:tls-reports@example.com). V({domain}) in it is replaced with
        the name of the domain.
      - An empty string lists no TLS-RPT records.
      - If omitted, V(v=TLSRPTv1; rua=mailto:postmaster@{domain}) is suggested for domains with an MTA-STS policy, and any valid record
        is accepted in a comparison. Other domains then get none.
    type: str
  tlsa:
    description:
      - Where to get the certificate with the key for the C(TLSA) record of the server.
      - It is verified like the certificate of the API, with O(validate_certs) and O(ca_path), but if O(ca_path) is omitted, the
        authorities of the system are trusted.
      - Publish this record only in a zone that is signed with DNSSEC, and only if the server keeps its key when the certificate is renewed,
        as mailcow does.
      - If this and O(tlsa_certificate) are omitted, no C(TLSA) record is listed.
    type: str
    choices:
      smtp: From port 25 of O(hostname), after STARTTLS. Many networks block outgoing connections to port 25.
      https: From the HTTPS port of O(hostname). mailcow has the same certificate there, unless there is a proxy in front of it.
  tlsa_certificate:
    description:
      - The certificate of the server in PEM format, instead of O(tlsa).
    type: str
  ports:
    description:
      - Ports of the services in C(SRV) records, if they are not the usual ones.
      - V(0) means that the service is not available; the record then tells mail programs so.
      - If omitted, the usual ports are used.
    type: dict
    suboptions:
      imap:
        description: Port of IMAP with STARTTLS.
        type: int
        default: 143
      imaps:
        description: Port of IMAP over TLS.
        type: int
        default: 993
      pop3:
        description: Port of POP3 with STARTTLS.
        type: int
        default: 110
      pop3s:
        description: Port of POP3 over TLS.
        type: int
        default: 995
      submission:
        description: Port of submission with STARTTLS.
        type: int
        default: 587
      submissions:
        description: Port of submission over TLS.
        type: int
        default: 465
      sieve:
        description: Port of ManageSieve.
        type: int
        default: 4190
      https:
        description:
          - Port of the web server, for autodiscover, calendars and address books.
          - If omitted, it is the port in O(url) if that begins with V(https), otherwise V(443).
        type: int
  compare:
    description:
      - Whether to query the DNS for each record, and return RV(records[].state), RV(problems) and RV(summary).
      - Records are compared by their meaning. Case, trailing dots, spaces and the splitting of a string make no difference.
      - C(MX) is correct if O(hostname) is among the servers and none is preferred over it. The number itself makes no difference. For a
        backup MX, its position among the others makes no difference either.
      - SPF is correct if there is exactly one such record, with all terms of O(spf), and at least as strict for all other servers. It
        may have additional terms.
      - DKIM is correct if there is exactly one record, with the same key, for email.
      - DMARC and TLS-RPT are correct if there is exactly one such record, with all tags of O(dmarc) or O(tls_rpt). It may have
        additional tags.
      - C(CNAME) is also correct if the name resolves to addresses of O(hostname), as with providers that flatten aliases.
      - C(SRV) is correct if target and port are among the existing ones.
      - The C(id) of MTA-STS can be any valid one, because mailcow shows its own only in its web UI.
      - C(TLSA) is correct if the current key is among the existing ones.
    type: bool
    default: false
  nameservers:
    description:
      - IPv4 or IPv6 addresses of the name servers to query. They are tried one after another.
      - To see a change immediately, specify those of your zone. Others may cache old records for the TTL.
      - If omitted, the name servers of the host that runs the module are queried.
    type: list
    elements: str
  nameserver_port:
    description:
      - Port of O(nameservers).
    type: int
    default: 53
  dns_timeout:
    description:
      - Seconds to wait for the response to a query, including retries.
    type: float
    default: 5.0
notes:
  - The API does not show MTA-STS policies. The module asks O(url) for the page that other mail servers read,
    C(/.well-known/mta-sts.txt) under the name C(mta-sts) of the domain, without the API key. If this fails, it gives a warning.
  - The name of a domain often has other TXT records than the one for SPF, and modules for whole record sets remove records that are not
    specified. So the examples use a module for single records for RV(records[].purpose) V(spf), or skip it.
seealso:
  - module: community.mailcow.mailcow_dkim_info
  - module: community.mailcow.mailcow_domain_info
  - name: DNS setup
    description: The page of mailcow's manual about DNS records.
    link: https://docs.mailcow.email/getstarted/prerequisite-dns/
"""

EXAMPLES = r"""
- name: List the records of all domains
  community.mailcow.mailcow_dns_info:
    dmarc: v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com
  register: dns

- name: Publish them with community.dns at Hetzner
  community.dns.hetzner_dns_record_set:
    hetzner_api_token: "{{ vault_hetzner_token }}"
    state: present
    zone: "{{ item.zone }}"
    record: "{{ item.fqdn }}"
    type: "{{ item.type }}"
    ttl: "{{ item.ttl }}"
    # It quotes and splits texts itself.
    value: ["{{ item.value if item.type == 'TXT' else item.rdata }}"]
  loop: "{{ dns.records | rejectattr('purpose', 'eq', 'spf') }}"
  loop_control:
    label: "{{ item.type }} {{ item.fqdn }}"

- name: Add SPF beside what else stands at the name of the domain
  community.dns.hetzner_dns_record:
    hetzner_api_token: "{{ vault_hetzner_token }}"
    state: present
    zone: "{{ item.zone }}"
    record: "{{ item.fqdn }}"
    type: TXT
    ttl: "{{ item.ttl }}"
    value: "{{ item.value }}"
  loop: "{{ dns.records | selectattr('purpose', 'eq', 'spf') }}"
  loop_control:
    label: "{{ item.fqdn }}"

- name: Publish them with dynamic updates (BIND, Knot, PowerDNS)
  community.general.nsupdate:
    server: 192.0.2.53
    key_name: ansible
    key_secret: "{{ vault_tsig_key }}"
    key_algorithm: hmac-sha256
    zone: "{{ item.zone }}"
    record: "{{ item.fqdn }}."
    type: "{{ item.type }}"
    ttl: "{{ item.ttl }}"
    value: ["{{ item.rdata }}"]
  loop: "{{ dns.records | rejectattr('purpose', 'eq', 'spf') }}"
  loop_control:
    label: "{{ item.type }} {{ item.fqdn }}"

- name: Publish them at Route 53
  amazon.aws.route53:
    state: present
    overwrite: true
    zone: "{{ item.zone }}"
    record: "{{ item.fqdn }}"
    type: "{{ item.type }}"
    ttl: "{{ item.ttl }}"
    value: ["{{ item.rdata }}"]
  # The module knows no TLSA.
  loop: "{{ dns.records | rejectattr('purpose', 'in', ['spf', 'tlsa']) }}"
  loop_control:
    label: "{{ item.type }} {{ item.fqdn }}"

- name: Write a file for each zone
  ansible.builtin.copy:
    dest: "/etc/bind/mail/{{ item.zone }}.inc"
    content: "{{ item.snippet }}"
    mode: "0644"
  loop: "{{ dns.zones }}"
  loop_control:
    label: "{{ item.zone }}"

- name: Compare the records with the DNS
  community.mailcow.mailcow_dns_info:
    compare: true
    nameservers: [1.1.1.1, 9.9.9.9]
  register: dns

- name: Fail if one is missing or wrong
  ansible.builtin.assert:
    that: dns.problems == []
    fail_msg: "{{ dns.problems | map(attribute='message') | join('\n') }}"

- name: Compare only what mail suffers without, in two domains
  community.mailcow.mailcow_dns_info:
    domains: [example.com, example.org]
    purposes: [mx, spf, dkim]
    spf: v=spf1 mx include:_spf.example.net -all
    compare: true
  register: dns
"""

RETURN = r"""
hostname:
  description: Name of the mail server to which the records point.
  returned: success
  type: str
  sample: mail.example.com
domains:
  description: The mail domains, followed by the alias domains.
  returned: success
  type: list
  elements: dict
  contains:
    domain:
      description: Name of the domain, in lower case, international names in punycode.
      returned: success
      type: str
      sample: example.com
    kind:
      description: Whether it is a V(domain) or an V(alias_domain).
      returned: success
      type: str
      sample: domain
    target_domain:
      description: The target of an alias domain. V(null) for a domain.
      returned: success
      type: str
      sample: example.com
    active:
      description: Whether it is active in mailcow.
      returned: success
      type: bool
      sample: true
    backupmx:
      description: Whether the server relays its mail instead of having mailboxes for it. For an alias domain, this is about its target.
      returned: success
      type: bool
      sample: false
    dkim_selector:
      description: Selector of its DKIM key. V(null) if it has none, or if O(purposes) has no V(dkim).
      returned: success
      type: str
      sample: dkim
    mta_sts_mode:
      description:
        - Mode of its MTA-STS policy, V(enforce), V(testing) or V(none).
        - V(null) if it has no active one, or if O(purposes) has neither V(mta_sts) nor V(tls_rpt).
      returned: success
      type: str
      sample: enforce
records:
  description: The records, by domain in the order of O(purposes), and the one of the server at the end.
  returned: success
  type: list
  elements: dict
  contains:
    domain:
      description: The domain that needs it. For C(TLSA), the mail server.
      returned: success
      type: str
      sample: example.com
    purpose:
      description: Purpose of the record, one of the choices of O(purposes).
      returned: success
      type: str
      sample: dkim
    required:
      description:
        - Whether the record is mandatory according to mailcow's manual, or because receivers require it (SPF and DKIM).
        - The others are recommended.
      returned: success
      type: bool
      sample: true
    suggested:
      description: Whether the value is only a suggestion, so that other valid values are accepted in a comparison.
      returned: success
      type: bool
      sample: false
    zone:
      description: The zone that contains the record.
      returned: success
      type: str
      sample: example.com
    name:
      description: Name relative to the zone, V(@) for the name of the zone.
      returned: success
      type: str
      sample: dkim._domainkey
    fqdn:
      description: Full name, without a trailing dot.
      returned: success
      type: str
      sample: dkim._domainkey.example.com
    type:
      description: V(MX), V(TXT), V(CNAME), V(SRV) or V(TLSA).
      returned: success
      type: str
      sample: TXT
    ttl:
      description: TTL in seconds.
      returned: success
      type: int
      sample: 3600
    value:
      description: The unsplit value, without quotes and without trailing dots of names.
      returned: success
      type: str
      sample: v=DKIM1;k=rsa;t=s;s=email;p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU
    rdata:
      description: The value as in a zone file. Names end with a dot, strings are quoted, and split after 255 bytes.
      returned: success
      type: str
      sample: '"v=DKIM1;k=rsa;t=s;s=email;p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU"'
    strings:
      description: The text, split into strings of at most 255 bytes, without quotes.
      returned: for TXT
      type: list
      elements: str
      sample: [v=spf1 mx ~all]
    priority:
      description: Priority of the target. Smaller numbers are preferred.
      returned: for MX and SRV
      type: int
      sample: 10
    weight:
      description: Weight among targets of the same priority.
      returned: for SRV
      type: int
      sample: 1
    port:
      description: Port of the service, V(0) if there is no such service.
      returned: for SRV
      type: int
      sample: 993
    target:
      description: The name to which the record points, without a trailing dot. It is V(.) if there is no such service.
      returned: for MX, CNAME and SRV
      type: str
      sample: mail.example.com
    usage:
      description: Certificate usage, always V(3) (the server's own certificate).
      returned: for TLSA
      type: int
      sample: 3
    selector:
      description: Selector, always V(1) (the public key).
      returned: for TLSA
      type: int
      sample: 1
    matching_type:
      description: Matching type, always V(1) (SHA-256).
      returned: for TLSA
      type: int
      sample: 1
    digest:
      description: SHA-256 of the public key, in hexadecimal.
      returned: for TLSA
      type: str
      sample: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    state:
      description:
        - V(ok) if the DNS has the record.
        - V(missing) if the DNS has no such record.
        - V(wrong) if the DNS has a different one.
        - V(unknown) if the DNS could not be queried, for example because a server failed or did not respond.
      returned: with O(compare=true)
      type: str
      sample: wrong
    found:
      description: The values in the DNS, without quotes. For TXT records, only those with the same purpose.
      returned: with O(compare=true)
      type: list
      elements: str
      sample: [v=DKIM1; k=rsa; p=]
    message:
      description: The problem as a sentence. V(null) if there is none.
      returned: with O(compare=true)
      type: str
      sample: it has no key, which means that the key was revoked
zones:
  description: The records as lines for zone files.
  returned: success
  type: list
  elements: dict
  contains:
    zone:
      description: Name of the zone.
      returned: success
      type: str
      sample: example.com
    snippet:
      description: The lines, in the format of BIND, with C($ORIGIN) first.
      returned: success
      type: str
      sample: "$ORIGIN example.com.\n@\t3600\tIN\tMX\t10 mail.example.com.\n"
problems:
  description: The records that are not V(ok), with those keys of RV(records) that describe the problem.
  returned: with O(compare=true)
  type: list
  elements: dict
  contains:
    domain:
      description: The domain that needs the record.
      returned: success
      type: str
      sample: example.com
    purpose:
      description: Purpose of the record.
      returned: success
      type: str
      sample: mx
    required:
      description: Whether the record is required; otherwise it is recommended.
      returned: success
      type: bool
      sample: true
    fqdn:
      description: Full name of the record.
      returned: success
      type: str
      sample: example.com
    type:
      description: Type of the record.
      returned: success
      type: str
      sample: MX
    state:
      description: V(missing), V(wrong) or V(unknown).
      returned: success
      type: str
      sample: wrong
    value:
      description: The expected value.
      returned: success
      type: str
      sample: 10 mail.example.com
    found:
      description: The values in the DNS.
      returned: success
      type: list
      elements: str
      sample: [10 old.example.net]
    message:
      description: The problem as a sentence.
      returned: success
      type: str
      sample: "MX example.com is wrong: mail is not delivered to mail.example.com"
summary:
  description: Number of records by state.
  returned: with O(compare=true)
  type: dict
  contains:
    records:
      description: All records.
      returned: success
      type: int
      sample: 21
    ok:
      description: Records that the DNS has.
      returned: success
      type: int
      sample: 20
    missing:
      description: Records that the DNS does not have.
      returned: success
      type: int
      sample: 0
    wrong:
      description: Records that are different in the DNS.
      returned: success
      type: int
      sample: 1
    unknown:
      description: Records that could not be queried.
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

from ..module_utils._module import run
from ..module_utils._tasks.dns import DNS_INFO


def main() -> None:
    run(DNS_INFO)


if __name__ == "__main__":
    main()
