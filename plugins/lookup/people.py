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
  - Reads a CSV file, for example an export from an HR system or a spreadsheet, and returns each person with an e-mail address, and the
    errors by line. The role P(community.mailcow.import#role) creates mailboxes for them.
  - Rows above the headings, empty rows and other columns are ignored.
  - Surrounding spaces and invisible characters are removed from cells, and so is the formula with which spreadsheets protect numbers
    (V(="00123")).
options:
  _terms:
    description: Path of the file on the controller.
    type: path
    required: true
  columns:
    description:
      - The headings of the columns, by their meaning. Each key is V(first_name), V(last_name), V(name), V(address), V(id), V(quota),
        V(tags), or a name of your choice for the pattern in O(address). Each value is a heading in the file. Case and surrounding spaces
        are ignored.
      - V(name) is the full name, if there are no columns for its parts. V(id) identifies the person in the HR system, for example a staff
        number. V(quota) is a number of MiB, or a number with a unit (V(2 GB)). V(tags) are separated by commas or semicolons.
    type: dict
    required: true
  address:
    description:
      - Pattern of the addresses, for example V({first_name}.{last_name}@example.com). V({first_name:1}) is the first letter.
      - In values before the C(@), upper case is converted to lower case, umlauts to two letters, and spaces to hyphens; other accents are
        removed. Values after it are only converted to lower case.
      - An address in the column V(address) has precedence over the pattern, and one in O(addresses) over both.
    type: str
    default: ''
  addresses:
    description: Addresses of people whose address does not follow the pattern, by the value of the column V(id).
    type: dict
    default: {}
  letters:
    description: Replacements of letters in addresses, in addition to those of V(ä), V(ö), V(ü), V(ß), V(æ), V(ø), V(å) and others, or
      different ones.
    type: dict
    default: {}
  only:
    description: Values of the rows to read, by heading. All other rows are skipped. Case is ignored.
    type: dict
    default: {}
  empty:
    description: Values that mean that a cell is empty. Case is ignored.
    type: list
    elements: str
    default: ['-', '--', 'n/a', '#N/A', '#NV', 'null', 'none']
  encoding:
    description:
      - Encoding of the file, as named by Python, for example V(cp850) or V(iso8859-15).
      - If omitted, it is detected. UTF-8 and UTF-16 are detected with and without a byte order mark, and UTF-32 with one. Everything else
        is read as Windows-1252.
    type: str
    default: ''
  separator:
    description:
      - The separator of cells.
      - If omitted, it is semicolon, comma, tab or vertical bar, whichever separates the headings.
    type: str
    default: ''
seealso:
  - ref: ansible_collections.community.mailcow.docsite.guide_import
    description: An import from beginning to end.
"""

EXAMPLES = r"""
- name: Show the errors in a list
  ansible.builtin.debug:
    msg: "{{ found.problems | map(attribute='message') }}"
  vars:
    found: >-
      {{ lookup('community.mailcow.people', 'people.csv', columns={'first_name': 'Vorname', 'last_name': 'Nachname'},
                address='{first_name}.{last_name}@example.com') }}
"""

RETURN = r"""
_raw:
  description: The content of each file.
  type: list
  elements: dict
  contains:
    people:
      description: The people with a valid address, in the order of the file.
      type: list
      elements: dict
      contains:
        line:
          description: Line of the file in which the row begins.
          type: int
        address:
          description: The address in lower case, with the domain in punycode.
          type: str
        name:
          description: The full name.
          type: str
        id:
          description: The value of the column V(id). Empty if there is no such column.
          type: str
        quota:
          description: Quota of the mailbox in MiB, if the list contains it.
          type: int
        tags:
          description: Tags, if the list contains them.
          type: list
          elements: str
    problems:
      description: The errors, in the order of the file.
      type: list
      elements: dict
      contains:
        line:
          description: Line of the file.
          type: int
        column:
          description: Heading of the column. Empty if the error concerns the whole line.
          type: str
        value:
          description: The value of the cell.
          type: str
        problem:
          description: The error.
          type: str
        remedy:
          description: What to do.
          type: str
        message:
          description: The error message, with all of the above.
          type: str
    lines:
      description: Number of rows with people to import, including those with errors.
      type: int
    skipped:
      description: Number of rows that were skipped because of O(only).
      type: int
    encoding:
      description: Encoding of the file.
      type: str
    separator:
      description: The separator of cells.
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
