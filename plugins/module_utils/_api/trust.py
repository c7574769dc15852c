# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks the file or directory with the certificates of authorities to trust before it is used, because error messages of TLS
libraries about it are not helpful.
"""

from __future__ import annotations

import os
import re
import ssl

from .errors import MailcowError

# How OpenSSL finds a certificate in a directory: by the hash of its subject.
_HASHED = re.compile(r"^[0-9a-f]{8}\.\d+$")


def usable(path: str, option: str = "ca_path") -> str:
    """Give the path of a file or directory that holds certificates. ``option``: where it was given. Raises MailcowError."""
    try:
        if os.path.isdir(path):
            if not any(_HASHED.match(name) for name in os.listdir(path)):
                raise MailcowError(
                    "%s: the directory %s has no certificates under hashed names; run 'openssl rehash %s', or set a file"
                    % (option, path, path)
                )
        else:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
    except ssl.SSLError as error:
        raise MailcowError("%s: the file %s contains no certificate in PEM format (%s)" % (option, path, error)) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise MailcowError("%s: %s cannot be read on the host that runs the module (%s)" % (option, path, reason)) from error
    return path
