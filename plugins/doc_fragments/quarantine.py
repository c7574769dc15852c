# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that select messages in the quarantine. A message is selected if all of them match."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  ids:
    description:
      - IDs of the messages. An empty list selects no messages.
      - If omitted, messages with any ID are selected.
    type: list
    elements: int
  sender:
    description:
      - Address of the sender, as in the envelope. C(*) matches any text and C(?) one character, so that V(*@example.com)
        matches a whole domain. Case is ignored. International domains are in punycode.
      - The sender of messages without one, such as bounces, is V(empty-env-from@localhost).
      - If omitted, messages from any sender are selected.
    type: str
  recipient:
    description:
      - Address of the mailbox to which the message was sent. Patterns are the same as in O(sender).
      - If omitted, messages to any recipient are selected.
    type: str
  subject:
    description:
      - Subject of the message. Patterns are the same as in O(sender).
      - If omitted, messages with any subject are selected.
    type: str
  virus:
    description:
      - V(true) selects messages in which a virus was found, V(false) all others.
      - If omitted, both are selected.
    type: bool
  min_score:
    description:
      - Minimum spam score of the message. A message without a score does not match.
      - If omitted, there is no minimum.
    type: float
  max_score:
    description:
      - Maximum spam score of the message. A message without a score does not match.
      - If omitted, there is no maximum.
    type: float
  older_than:
    description:
      - Selects messages that were put into the quarantine before this time.
      - An age, such as V(12h), V(30d) or V(1w3d), in seconds (C(s)), minutes (C(m)), hours (C(h)), days (C(d)) and weeks (C(w)),
        or a date and time in ISO 8601, such as V(2026-07-01) or V(2026-07-01T10:00:00+02:00), in UTC if it has no time zone.
      - If omitted, there is no maximum age.
    type: str
  newer_than:
    description:
      - Selects messages that were put into the quarantine at this time or later. The format is that of O(older_than).
      - If omitted, there is no minimum age.
    type: str
"""
