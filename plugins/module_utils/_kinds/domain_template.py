# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A template of domains: the defaults of new ones (facts-mailboxes 3)."""

from __future__ import annotations

from .._api.errors import InvalidValue
from .._engine.identity import ByParts
from .._engine.kind import Kind, Situation, Write, shows
from .._engine.ways import Table
from .._fields.features import TagList
from .._fields.mail import Selector
from .._fields.plain import Flag, Mebibytes, Number, NumberChoice
from .._fields.templates import PERMANENT, TemplateLimit, TemplateName

_FLAGS = {"active": True, "gal": True, "backupmx": False, "relay_all_recipients": False, "relay_unknown_only": False}
# mailcow's own defaults for a new template, in MiB.
_SIZES = {
    "defquota": ("def_quota_for_mbox", 3072),
    "maxquota": ("max_quota_for_mbox", 10240),
    "quota": ("max_quota_for_domain", 10240),
}


def _check(situation: Situation) -> None:
    given, merged = situation.given, situation.merged
    for option, most in (("defquota", "maxquota"), ("maxquota", "quota")):
        # mailcow accepts this, but creates no domain with such a template.
        if not given.keys().isdisjoint((option, most)) and merged[option] > merged[most]:
            raise InvalidValue(option, "%s MiB is more than the %s of the template, %s MiB" % (merged[option], most, merged[most]))


_NAME = TemplateName("template", templates="domain/template/all", required_on_create=True, clearable=False)

DOMAIN_TEMPLATE = Kind(
    name="domain_template",
    plural="domain_templates",
    title="domain template",
    identity=ByParts("id", parts=(_NAME,)),
    read=Table("domain/template/all"),
    # A deletion processes only the first ID.
    write=Write("domain/template", replaces=True, alone=True),
    permanent=(PERMANENT,),
    check=_check,
    fields=(
        _NAME,
        Number("aliases", read="attributes.max_num_aliases_for_domain", write="max_num_aliases_for_domain", default=400),
        Number("mailboxes", read="attributes.max_num_mboxes_for_domain", write="max_num_mboxes_for_domain", default=10),
        *(Mebibytes(option, read="attributes." + name, write=name, least=1, default=size) for option, (name, size) in _SIZES.items()),
        *(Flag(name, read="attributes." + name, default=value) for name, value in _FLAGS.items()),
        Selector("dkim_selector", read="attributes.dkim_selector", default="dkim"),
        NumberChoice("dkim_key_size", read="attributes.key_size", write="key_size", choices=(0, 1024, 2048, 3072, 4096), default=2048),
        TemplateLimit("rate_limit", default=None),
        TagList("tags", read="attributes.tags", default=()),
    ),
    status=shows("id", "created", "modified"),
)
