# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hypothesis generates the same examples on every machine, and none of them, nor generating them, is too slow."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("stable", derandomize=True, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("stable")
