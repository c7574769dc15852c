# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The handlers, one module per group of mailcow functions.

They register by the decorators of routes.py; app.py imports them all, and nothing else of the simulator knows any of them.
"""
