# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sphinx's settings for the documentation site. `make docs` builds it with tests/tools/site.py, which sets SITE_INVENTORY."""

from __future__ import annotations

import os

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

ANSIBLE = "https://docs.ansible.com/projects/ansible/latest/"
OURS = "ansible_collections.community.mailcow."
# The inventory of Ansible's documentation, as a file; empty where it is out of reach.
INVENTORY = os.environ["SITE_INVENTORY"]
# Guides show pictures by these addresses, because docs.ansible.com takes nothing but the guides. The site has them itself.
PICTURES = "https://raw.githubusercontent.com/ansible-collections/community.mailcow/main/docs/docsite/images/"

project = html_title = html_short_title = "community.mailcow"
copyright = "community.mailcow contributors"  # noqa: A001

extensions = ["sphinx.ext.intersphinx", "sphinx_antsibull_ext"]
intersphinx_mapping = {"ansible": (ANSIBLE, INVENTORY)} if INVENTORY else {}
nitpicky = True
default_role = "any"
highlight_language = "YAML+Jinja"
pygments_style = "ansible"

html_theme = "sphinx_ansible_theme"
html_show_sphinx = False
html_use_index = False
html_copy_source = False
html_static_path = ["static"]
html_css_files = ["site.css"]


def without_inventory(app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.Node) -> nodes.Node | None:
    """Without an inventory, a reference to Ansible's own documentation is plain text; one to ours has to be there."""
    return None if INVENTORY or node["reftarget"].startswith(OURS) else content


def own_pictures(app: Sphinx, name: str, source: list[str]) -> None:
    """Have a page take the pictures from the site."""
    source[0] = source[0].replace(PICTURES, "/images/")


def short_names(app: Sphinx, env: BuildEnvironment) -> None:
    """Leave out in the menu what the names of all modules begin with."""
    for text in [text for toc in env.tocs.values() for text in toc.findall(nodes.Text)]:
        text.parent.replace(text, nodes.Text(text.removeprefix("community.mailcow.")))


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("missing-reference", without_inventory)
    app.connect("source-read", own_pictures)
    app.connect("env-updated", short_names)
