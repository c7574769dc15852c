# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command line: `python -m tests.examples guide_dns` runs a guide, and `--write` puts what was printed into it."""

from __future__ import annotations

import argparse

from tests.examples.guide import GUIDES, guides
from tests.examples.session import read


def main() -> None:
    """Run the guides that are named, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.examples", description=__doc__)
    parser.add_argument("guide", nargs="*", help="its name, without .rst")
    parser.add_argument("--write", action="store_true", help="put what was printed in the place of what is shown, where it differs")
    arguments = parser.parse_args()
    for path in [GUIDES / f"{name}.rst" for name in arguments.guide] or guides():
        with read(path) as session:
            if arguments.write:
                path.write_text(session.written(), encoding="utf-8")
            else:
                session.check()
        print(f"ok {path.stem}")


if __name__ == "__main__":
    main()
