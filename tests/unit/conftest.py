# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What lies in adding_a_kind/ is tested in a copy of the checkout, by test_adding_a_kind.py; here there is no such kind."""

collect_ignore = ["adding_a_kind"]
