# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command line: python -m tests.reliability runs the matrix, or some of it, and says what is wrong."""

from __future__ import annotations

import argparse
import sys
import time

from tests.tools.checkout import ROOT

sys.path.insert(0, str(ROOT / ".cache/collections"))


def main() -> int:
    """Run the cases; the exit status."""
    from tests.reliability import report
    from tests.reliability.matrix import Matrix, Result

    def tell(result: Result) -> None:
        for sort, what in result.wrong.items():
            print("%s\t%s\t%s\t%s" % (sort, result.case, result.outcome, what.replace("\n", " ")), flush=True)

    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description="Each fault with each request of each operation.")
    parser.add_argument("--only", default="", metavar="NAME", help="only operations with this in their names, e.g. 'create domain'")
    parser.add_argument("--write", action="store_true", help="write the tables of the guide on reliability")
    options = parser.parse_args()
    started = time.monotonic()
    matrix = Matrix(options.only).run(tell)
    if options.write:
        report.write(matrix)
    print("%d cases, %d wrong, %.0f s" % (len(matrix.results), len(matrix.red()), time.monotonic() - started))
    return bool(matrix.red())


if __name__ == "__main__":
    sys.exit(main())
