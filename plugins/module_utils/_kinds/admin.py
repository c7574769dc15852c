# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An administrator of the whole server (facts-server 7)."""

from __future__ import annotations

from .._engine.identity import ByName
from .._engine.kind import Kind, Write
from .._engine.ways import Named
from .._fields.features import AccountPassword
from .._fields.plain import Flag
from ._administrators import DUTIES, STATUS, UserName, rename
from ._places import DOMAIN_ADMIN_NAMES

ADMIN = Kind(
    name="admin",
    plural="admins",
    title="administrator",
    identity=ByName(UserName("username")),
    read=Named("admin", all="admin/all"),
    write=Write("admin"),
    rename=rename("admin"),
    # Renaming to the name of a domain administrator causes an exception in mailcow.
    clashes=lambda identity, holder: [(DOMAIN_ADMIN_NAMES, identity)],
    # mailcow even deletes the last one.
    one_stays="active",
    fields=(
        AccountPassword("password", read=None, policy="update_password", required_on_create=True),
        Flag("active", default=True),
        *DUTIES,
    ),
    status=STATUS,
)
