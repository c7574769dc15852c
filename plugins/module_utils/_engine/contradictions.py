# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds contradictions in the declaration of a kind. Each kind is checked when it is created."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .._api.releases import is_release
from .._fields.field import MISSING
from .identity import ByParts
from .ways import InPlaces, PerOwner

if TYPE_CHECKING:
    from .._fields.field import Field
    from .kind import Kind


def contradictions(kind: Kind) -> Iterator[str]:
    """Give the contradictions in a declaration, as sentences."""
    names = [name for field in (*kind.identity.fields, *kind.fields) for name in field.argument_spec()]
    yield from ("the option %s stands twice" % name for name in dict.fromkeys(names) if names.count(name) > 1)
    for field in kind.fields:
        yield from _about_field(kind, field)
    yield from _about_identity(kind)
    yield from _about_writing(kind)
    used = {*(kind.reset or ()), *kind.read.lacks, *([kind.one_stays] if kind.one_stays else [])}
    if kind.falls_with:
        used.add(kind.falls_with.option)
    if kind.one_among:
        used |= {kind.one_among.option, *kind.one_among.among}
    for add in kind.write.adds or ():
        used |= {*(add.takes or ()), *([add.when] if add.when else [])}
    yield from ("there is no option %s" % option for option in sorted(used - kind.by_option.keys()))


def _about_field(kind: Kind, field: Field) -> Iterator[str]:
    edits = field.on_edit and kind.write.edits
    if not field.readable and field.on_edit and not field.policy:
        yield "%s cannot be read, and has no policy that says when it is written" % field.option
    if field.policy and not field.on_edit:
        yield "%s has a policy, but is never written again" % field.option
    if field.before is not MISSING and not field.since:
        yield "%s has a value before it came, but no release that brought it" % field.option
    if field.shown_since and not (field.readable and field.policy):
        yield "%s is not shown by older servers, and has no policy that says when it is written there" % field.option
    for release in (field.since, field.shown_since, field.older.before if field.older else None):
        if release and not is_release(release):
            yield "%s came with %s, which is no release of mailcow" % (field.option, release)
    if field.source and not field.readable:
        yield "%s has a source, but cannot be read" % field.option
    if kind.write.replaces and field.on_edit and not field.readable and not field.via:
        yield "%s cannot be read, so that each edit would reset it" % field.option
    if field.via and not edits:
        yield "%s is written by %s, but nothing can be edited" % (field.option, field.via)
    if field.late and not edits:
        yield "%s is set late, but it cannot be edited" % field.option
    if field.default is not MISSING and (field.required_on_create or not field.on_add):
        yield "%s has a default that no add sends" % field.option


def _about_identity(kind: Kind) -> Iterator[str]:
    identity = kind.identity
    if not all(part in kind.fields for part in identity.parts):
        yield "parts of the identity are not among the fields"
    if isinstance(identity, ByParts):
        named = {*identity.lacking, *identity.optional, *([identity.place] if identity.place else [])}
        yield from ("%s is no part of the identity" % option for option in sorted(named - {part.option for part in identity.parts}))
    if bool(getattr(identity, "place", None)) != isinstance(kind.read, PerOwner):
        yield "a place in the identity is for lists that owners have, and the reverse"
    if kind.belongs and kind.belongs.option and kind.belongs.option not in kind.by_option:
        yield "it belongs in %s, which is no option" % kind.belongs.option
    if isinstance(kind.read, (InPlaces, PerOwner)) and not (kind.belongs and kind.belongs.by_name):
        yield "it stands in lists that its identity does not tell"


def _about_writing(kind: Kind) -> Iterator[str]:
    write, adds = kind.write, kind.write.adds or ()
    if (write.adds == ()) == write.deletes:
        yield "what cannot be made is there by itself, so that it cannot be deleted either, and the reverse"
    if adds and (adds[-1].when or not all(add.when for add in adds[:-1])):
        yield "the last add route, and only that, is for everything that no other was chosen for"
    if not write.edits and not write.beside and not (adds and all(add.overwrites for add in adds)):
        yield "what cannot be edited has to have a successor before it goes"
    if write.edits and write.beside:
        yield "what can be edited needs no successor"
    if kind.rename and not write.edits:
        yield "only what can be edited can be renamed"
    if write.ends is not None and not (write.edits and write.deletes):
        yield "an edit can only be the end of what can be edited"
    if write.replaces and not write.edits:
        yield "only what can be edited can be replaced by an edit"
    if kind.permanent and not write.deletes:
        yield "none of them can be deleted, so that none need be permanent"
    if kind.protect and not write.edits:
        yield "it protects others from edits, but nothing can be edited"
    if kind.reset is not None and (write.deletes or not write.edits):
        yield "a reset is for what can be edited and not deleted"
