# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that choose messages in the quarantine. Those that are given all have to fit."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  ids:
    description:
      - Numbers of the messages. An empty list is no message.
      - If this is omitted, messages of any number.
    type: list
    elements: int
  sender:
    description:
      - Address of the sender, as in the envelope. C(*) stands for any text and C(?) for one character, so that V(*@example.com) is
        a whole domain. Case makes no difference. International domains are in punycode.
      - A message without a sender, such as a bounce, has V(empty-env-from@localhost).
      - If this is omitted, messages of any sender.
    type: str
  recipient:
    description:
      - Address of the mailbox that the message was for. Patterns are written as in O(sender).
      - If this is omitted, messages to anybody.
    type: str
  subject:
    description:
      - Subject of the message. Patterns are written as in O(sender).
      - If this is omitted, messages with any subject.
    type: str
  virus:
    description:
      - V(true) are messages in which a virus was found, V(false) are the others.
      - If this is omitted, both.
    type: bool
  min_score:
    description:
      - Least spam score of the message. A message without a score does not fit.
      - If this is omitted, messages of any score.
    type: float
  max_score:
    description:
      - Highest spam score of the message. A message without a score does not fit.
      - If this is omitted, messages of any score.
    type: float
  older_than:
    description:
      - Messages that were put into the quarantine before that time.
      - Either an age, such as V(12h), V(30d) or V(1w3d), in seconds (C(s)), minutes (C(m)), hours (C(h)), days (C(d)) and weeks (C(w)),
        or a date and time in ISO 8601, such as V(2026-07-01) or V(2026-07-01T10:00:00+02:00), in UTC if it names no time zone.
      - If this is omitted, messages of any age.
    type: str
  newer_than:
    description:
      - Messages that were put into the quarantine at that time or later. It is written as O(older_than).
      - If this is omitted, messages of any age.
    type: str
"""
