# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Importing this loads Ansible's own plugins, and lets its collections be imported: for `interpreter`.

A playbook loads most of them in any case, and filters and tests anew in the worker of each task.
"""

from __future__ import annotations

import warnings

from ansible.plugins import loader

loader.init_plugin_loader()
# ansible-playbook does it once more.
warnings.filterwarnings("ignore", "AnsibleCollectionFinder has already been configured")
for _sort in ("action", "become", "cache", "callback", "connection", "filter", "inventory", "lookup", "shell", "test"):
    list(getattr(loader, f"{_sort}_loader").all(class_only=True))
