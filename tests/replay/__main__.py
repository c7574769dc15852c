# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""python -m tests.replay [--url URL] RECORDING...: replay recordings and show where the simulator differs.

Without --url a simulator is started for each release that the recordings are of.
"""

from __future__ import annotations

import argparse
import contextlib
import sys

from tests.simulator.process import Simulator
from tests.simulator.state import RO_KEY, RW_KEY

from .replay import Replay, load


def main() -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.replay", description=__doc__)
    parser.add_argument("--url", help="a running simulator (it is reset before each recording)")
    parser.add_argument("--rw-key", default=RW_KEY)
    parser.add_argument("--ro-key", default=RO_KEY)
    parser.add_argument("--max", type=int, default=20, help="mismatches shown per recording (default: %(default)s)")
    parser.add_argument("recordings", nargs="+", metavar="RECORDING")
    options = parser.parse_args()
    failed = 0
    with contextlib.ExitStack() as stack:
        urls: dict[str, str] = {}
        for path in options.recordings:
            recording = load(path)
            version = recording["mailcow_version"]
            if options.url is None and version not in urls:
                urls[version] = stack.enter_context(Simulator(mailcow_version=version)).url
            mismatches = Replay(options.url or urls[version], options.rw_key, options.ro_key).run(recording)
            failed += bool(mismatches)
            steps = len({mismatch.step for mismatch in mismatches})
            total = len(recording["steps"][: recording.get("replay_until")])
            print("%s: %s" % (path, "ok" if not mismatches else "%d of %d steps differ" % (steps, total)))
            for mismatch in mismatches[: options.max]:
                print("  %s" % mismatch)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
