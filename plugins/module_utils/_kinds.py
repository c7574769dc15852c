# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All kinds of mailcow objects, in the order in which they are created; they are deleted the other way round."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils.resources.alias import ALIAS
from ansible_collections.community.mailcow.plugins.module_utils.resources.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils.resources.dkim import DKIM
from ansible_collections.community.mailcow.plugins.module_utils.resources.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils.resources.mailbox import MAILBOX

KINDS = (DOMAIN, ALIAS_DOMAIN, DKIM, MAILBOX, ALIAS)
