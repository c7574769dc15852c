# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection options of all modules."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  url:
    description:
      - URL of the mailcow server, for example V(https://mail.example.com), without the path of the API.
      - If omitted, the environment variable E(MAILCOW_URL) of the host that runs the module is used.
    type: str
    required: true
  api_key:
    description:
      - API key of the server, as shown by mailcow under System > Configuration > Access > Administrators > API.
      - The read-only key is sufficient for info modules and for check mode; everything else requires the read-write key. Both read secrets
        such as the passwords of relay hosts.
      - mailcow accepts a key only from the IP addresses that are entered below it, unless C(Skip IP check for API) is set there.
      - If omitted, the environment variable E(MAILCOW_API_KEY) of the host that runs the module is used.
    type: str
    required: true
  validate_certs:
    description:
      - Whether to verify the TLS certificate of the server. Set it to V(false) only for test servers.
      - If omitted, the environment variable E(MAILCOW_VALIDATE_CERTS) is used if it is set.
    type: bool
    default: true
  ca_path:
    description:
      - File or directory with the certificates of the authorities to trust, in PEM format. In a directory, the files must have
        the names that C(openssl rehash) gives them.
      - If omitted, the certificates that the Python library C(requests) contains or is configured for are trusted.
    type: path
  timeout:
    description:
      - Seconds to wait for the complete response to a request, from V(1) to V(86400). Deleting large mailboxes can take a minute.
      - A read that fails temporarily, for example because a proxy is restarted, is repeated until this time is over, so it takes at most
        twice as long. A write is not retried; the module first reads from the server whether it was successful.
      - If omitted, the environment variable E(MAILCOW_TIMEOUT) is used if it is set.
    type: int
    default: 120
requirements:
  - requests (Python library) on the host that runs the task, which is usually the controller
notes:
  - The module connects to the API over HTTPS, so it can run on the controller with C(connection=local) or C(delegate_to=localhost).
  - If O(url) begins with V(http://), the key and all data are sent unencrypted. The module warns of this, unless the server is the host
    that runs the module.
  - mailcow bans addresses that keep using a wrong key, so a request with a rejected key (HTTP 401) is never repeated.
"""
