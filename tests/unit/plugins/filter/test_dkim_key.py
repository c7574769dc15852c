# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A key made here, and its record as mailcow has it."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.community.mailcow.plugins.filter.dkim_key import dkim_key
from ansible_collections.community.mailcow.plugins.module_utils._fields.rsa import key_bits
from ansible_collections.community.mailcow.plugins.module_utils._kinds.dkim import PrivateKey


@pytest.mark.parametrize("bits", [1024, "2048"])
def test_the_record_is_that_of_the_key(bits: int | str) -> None:
    key = dkim_key(bits)
    _private, public = PrivateKey("private_key").canonical(key["private_key"])
    assert key["value"] == "v=DKIM1;k=rsa;t=s;s=email;p=" + public
    assert key_bits(public) == int(bits)


def test_each_key_is_another_one() -> None:
    assert dkim_key(1024)["value"] != dkim_key(1024)["value"]


def test_what_receivers_do_not_accept_is_rejected() -> None:
    with pytest.raises(AnsibleFilterError, match="do not accept a key of 512 bits"):
        dkim_key(512)
