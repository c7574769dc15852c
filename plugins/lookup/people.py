# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: people
short_description: Read people from a CSV file
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Reads a CSV file as it comes from an HR system or a spreadsheet, gives each person an e-mail address, and says line by line what is
    wrong with the others. The role P(community.mailcow.import#role) makes mailboxes of them.
  - The row with the headings is looked for. What stands above it is passed over, so are empty rows and columns that are not wanted.
  - Cells lose spaces around them, invisible characters, and what spreadsheets put around numbers that are none (V(="00123")).
options:
  _terms:
    description: Path of the file on the controller.
    type: path
    required: true
  columns:
    description:
      - Which column is what. Each key is one of V(first_name), V(last_name), V(name), V(address), V(id), V(quota) and V(tags), or a name
        of your own, to be used in O(address). Each value is a heading of the file; capitals and spaces around it do not matter.
      - V(name) is the whole name, for lists that do not have its parts. V(id) is what the HR system calls the person, such as a
        personnel number. V(quota) is a number of MiB, or one with its unit (V(2 GB)). V(tags) has commas between them.
    type: dict
    required: true
  address:
    description:
      - The rule by which addresses are made, such as V({first_name}.{last_name}@example.com). V({first_name:1}) is the first letter only.
      - Before the C(@), capitals become small letters, umlauts become two letters, other accents are dropped, and spaces become hyphens.
        After it, values stay as they are.
      - An address in the column V(address) comes before the rule, and one in O(addresses) before both.
    type: str
    default: ''
  addresses:
    description: Addresses of people whose address is another one than that of the rule, by the value of the column V(id).
    type: dict
    default: {}
  letters:
    description: How letters are spelled in addresses, beside V(ä), V(ö), V(ü), V(ß), V(æ), V(ø), V(å) and the like, or other than these.
    type: dict
    default: {}
  only:
    description: By heading, the values of the rows to take. All other rows are left out. Capitals do not matter.
    type: dict
    default: {}
  empty:
    description: What stands in cells that are empty. Capitals do not matter.
    type: list
    elements: str
    default: ['-', '--', 'n/a', '#N/A', '#NV', 'null', 'none']
  encoding:
    description:
      - Encoding of the file, by a name that Python knows, such as V(cp850) or V(iso8859-15).
      - If omitted, it is found out. UTF-8 and UTF-16 with and without byte order mark are told apart from Windows-1252, which is
        taken for everything else.
    type: str
    default: ''
  separator:
    description:
      - The character between cells.
      - If omitted, it is the one of semicolon, comma, tab and vertical bar with which the headings are found.
    type: str
    default: ''
seealso:
  - ref: ansible_collections.community.mailcow.docsite.guide_import
    description: A list of people becomes mailboxes.
"""

EXAMPLES = r"""
- name: Say what is wrong with a list
  ansible.builtin.debug:
    msg: "{{ found.problems | map(attribute='message') }}"
  vars:
    found: >-
      {{ lookup('community.mailcow.people', 'people.csv', columns={'first_name': 'Vorname', 'last_name': 'Nachname'},
                address='{first_name}.{last_name}@example.com') }}
"""

RETURN = r"""
_raw:
  description: What was found, for each of the files.
  type: list
  elements: dict
  contains:
    people:
      description: Those who have an address, in the order of the file.
      type: list
      elements: dict
      contains:
        line:
          description: Line of the file in which the row begins.
          type: int
        address:
          description: The address, in lower case, the domain in punycode.
          type: str
        name:
          description: The whole name.
          type: str
        id:
          description: What the HR system calls the person. Empty when there is no such column.
          type: str
        quota:
          description: Size of the mailbox in MiB, if the list says it.
          type: int
        tags:
          description: Tags, if the list says them.
          type: list
          elements: str
    problems:
      description: What is wrong, in the order of the file.
      type: list
      elements: dict
      contains:
        line:
          description: Line of the file.
          type: int
        column:
          description: Heading of the column, empty when it is about the whole line.
          type: str
        value:
          description: What stands there.
          type: str
        problem:
          description: What is wrong about it.
          type: str
        remedy:
          description: What to do.
          type: str
        message:
          description: All of it as one sentence.
          type: str
    lines:
      description: How many rows are about people who are to be imported, right or wrong.
      type: int
    skipped:
      description: How many rows were left out because of O(only).
      type: int
    encoding:
      description: Encoding of the file.
      type: str
    separator:
      description: The character between cells.
      type: str
"""

from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ..plugin_utils._people.people import Wish, read_people


class LookupModule(LookupBase):  # type: ignore[misc]
    """Reads files of people; see DOCUMENTATION."""

    def run(self, terms: list[str], variables: Any = None, **kwargs: Any) -> list[dict[str, Any]]:
        self.set_options(var_options=variables, direct=kwargs)
        try:
            wish = Wish(
                columns=self._texts("columns"),
                rule=self.get_option("address"),
                addresses=self._texts("addresses"),
                letters=self._texts("letters"),
                only={str(heading): _listed(values) for heading, values in self.get_option("only").items()},
                empty=self.get_option("empty"),
                encoding=self.get_option("encoding"),
                separator=self.get_option("separator"),
            )
            return [self._read(term, wish) for term in terms]
        except (OSError, ValueError) as error:
            raise AnsibleError(str(error)) from None

    def _texts(self, option: str) -> dict[str, str]:
        return {str(name): str(value) for name, value in self.get_option(option).items()}

    @staticmethod
    def _read(path: str, wish: Wish) -> dict[str, Any]:
        with open(path, "rb") as file:
            return read_people(file.read(), wish)


def _listed(values: Any) -> list[str]:
    return [str(value) for value in (values if isinstance(values, list) else [values])]
