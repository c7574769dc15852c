# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Examples of Rspamd settings and Sieve filters, as the web interface offers them (facts-server 20); with texts of our own."""

from __future__ import annotations

import typing as t

from ..call import Call
from ..routes import get

RSPAMD = (
    ("preset_1", "Sign and limit only what authenticated users send", "priority = 10;\nauthenticated = yes;\n"),
    ("preset_3", "A mailbox for internal mail", 'priority = 10;\nrcpt = "internal@example.com";\n'),
    ("preset_4", "No spam filter for a domain", 'priority = 10;\nrcpt = "/.*@example.com$/";\n'),
)
SIEVE = (
    ("sieve_1", "Reject dangerous attachments", 'require ["reject", "body"];\nif body :raw :contains ".exe" {\n  reject "no";\n}\n'),
    (
        "sieve_2",
        "Mark mail of a sender as read",
        'require "imap4flags";\nif address "from" "a@example.com" {\n  setflag "\\\\seen";\n}\n',
    ),
    ("sieve_3", "Discard", "discard;\nstop;\n"),
    ("sieve_4", "Keep in the inbox", 'require "fileinto";\nfileinto "INBOX";\nstop;\n'),
    ("sieve_5", "Answer while away", 'require "vacation";\nvacation "Back on Monday";\n'),
    ("sieve_6", "Reject", 'require "reject";\nreject "Not here";\n'),
    ("sieve_7", "Redirect and keep", 'require "copy";\nredirect :copy "b@example.com";\n'),
    ("sieve_8", "Redirect and file", 'require "fileinto";\nredirect "b@example.com";\nfileinto "INBOX/Sent on";\n'),
)


def listed(presets: tuple[tuple[str, str, str], ...]) -> list[dict[str, t.Any]]:
    return [{"name": name, "headline": headline, "content": content} for name, headline, content in presets]


@get("presets", "rspamd")
def read_rspamd(call: Call) -> t.Any:
    return listed(RSPAMD)


@get("presets", "sieve")
def read_sieve(call: Call) -> t.Any:
    return listed(SIEVE)
