# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RSA keys for DKIM, and reading private keys as OpenSSL does it for PHP.

Finding primes is what costs, so primes are kept as long as the process lives and combined anew: n generated keys give n * n
different keys. Real keys, but of no use outside tests: keys that share a prime can be broken.
"""

from __future__ import annotations

import base64
import collections
import math
import re
import secrets
import typing as t

if t.TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

SMALLEST, LARGEST = 512, 16384  # what OpenSSL 3 makes
RANDOM = "error:12000079:random number generator::Cannot open file"
UNSUPPORTED = "error:1E08010C:DECODER routines::unsupported"
NO_START_LINE = "error:0480006C:PEM routines::no start line"
BAD_DECRYPT = "error:1C800064:Provider routines::bad decrypt"
EXPONENT = 65537

_primes: dict[int, list[tuple[int, int]]] = {}
_BLOCK = re.compile(r"-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY)-----.*?-----END \1-----", re.S)


class UnreadableKey(ValueError):
    """What OpenSSL says about a private key that it cannot read."""


class ErrorQueues:
    """PHP's queues of old OpenSSL errors, one a worker; the workers take turns (facts-server 5, "Import is flaky").

    Off with 0 workers: then an import sees its own error only.
    """

    SIZE = 16

    def __init__(self, workers: int) -> None:
        self.queues = collections.deque(collections.deque[str](maxlen=self.SIZE) for _unused in range(workers))

    def note(self, *errors: str) -> None:
        """What a call leaves behind in the queue of its worker."""
        if self.queues:
            self.queues[0].extend(errors)
            self.queues.rotate(-1)

    def report(self, error: str | None) -> str | None:
        """What an import takes for its error: the oldest one of its worker, which goes; its own one waits behind."""
        if not self.queues:
            return error
        queue = self.queues[0]
        self.queues.rotate(-1)
        if error:
            # OpenSSL tries several readers, and each says something
            queue.extend((error, NO_START_LINE))
        return queue.popleft() if queue else None


def _prime(bits: int) -> int:
    """A prime with the two highest bits set; for the short keys that the cryptography library does not make itself."""
    while True:
        number = secrets.randbits(bits) | (3 << (bits - 2)) | 1
        if math.gcd(number - 1, EXPONENT) == 1 and all(pow(base, number - 1, number) == 1 for base in (2, 3, 5, 7)):
            return number


def _generate(bits: int) -> tuple[int, int]:
    from cryptography.hazmat.primitives.asymmetric import rsa

    if bits < 1024:
        return _prime(bits - bits // 2), _prime(bits // 2)
    numbers = rsa.generate_private_key(public_exponent=EXPONENT, key_size=bits).private_numbers()
    return numbers.p, numbers.q


def generate(bits: int, number: int) -> tuple[str, str] | None:
    """The number-th (from 0) key of a size: public (base64 DER) and private (PEM). None for a size that OpenSSL refuses."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    if not SMALLEST <= bits <= LARGEST:
        return None
    shell = math.isqrt(number)
    rest = number - shell * shell
    primes = _primes.setdefault(bits, [])
    while len(primes) <= shell:
        primes.append(_generate(bits))
    first, second = (shell, rest) if rest <= shell else (rest - shell - 1, shell)
    p, q = primes[first][0], primes[second][1]
    d = pow(EXPONENT, -1, math.lcm(p - 1, q - 1))
    private = rsa.RSAPrivateNumbers(
        p,
        q,
        d,
        rsa.rsa_crt_dmp1(d, p),
        rsa.rsa_crt_dmq1(d, q),
        rsa.rsa_crt_iqmp(p, q),
        rsa.RSAPublicNumbers(EXPONENT, p * q),
    ).private_key(unsafe_skip_rsa_key_validation=True)
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return _public(private), pem.decode().strip()


def public(pem: str) -> str:
    """The public key (base64 DER) of a private one, of whatever algorithm. UnreadableKey with OpenSSL's message."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization

    block = _BLOCK.search(pem)
    if block is None:
        raise UnreadableKey(UNSUPPORTED)
    if block.group(1).startswith("ENCRYPTED") or "ENCRYPTED" in block.group(0).splitlines()[1]:
        raise UnreadableKey(BAD_DECRYPT)
    try:
        return _public(serialization.load_pem_private_key(block.group(0).encode(), None))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnreadableKey(UNSUPPORTED) from error


def _public(private: PrivateKeyTypes) -> str:
    from cryptography.hazmat.primitives import serialization

    der = private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()
