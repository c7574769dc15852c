#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._module import run_info
from ansible_collections.community.mailcow.plugins.module_utils.resources.domain_admin import DOMAIN_ADMIN


def main():
    run_info(DOMAIN_ADMIN)


if __name__ == "__main__":
    main()
