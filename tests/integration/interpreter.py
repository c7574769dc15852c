# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A Python that has loaded what it will run: `with interpreter() as path`, as ansible_python_interpreter or to start Ansible itself.

Most of the time of a module is its start, which compiles Ansible's and the collection's code anew from an archive; a second of each
playbook is Ansible's own. Here a server has loaded it and forks for each, so that a run of modules takes a third of the time.
"""

from __future__ import annotations

import ast
import gc
import importlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
import types
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UTILS = "ansible_collections.community.mailcow.plugins.module_utils"
# What modules import, and what ansible-playbook does; this reads Ansible's settings, so that those of the environment count from then on.
MODULES = ("ansible.module_utils.basic", "ansible.module_utils.urls", "requests", f"{UTILS}._module", f"{UTILS}._tasks.every")
PLAYBOOKS = (
    "ansible.cli.playbook",
    "ansible.executor.playbook_executor",
    "ansible.executor.module_common",
    "ansible.plugins.strategy.linear",
    "tests.integration.plugins",
    "ansible_collections.community.mailcow.plugins.plugin_utils._action",
)
# What Ansible starts: hands its work and its three streams over, and ends as the module ends.
CLIENT = """\
#!{python} -IS
import os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    socket.send_fds(server, [b"!"], [0, 1, 2])
    server.sendall(repr((sys.argv[1:], os.getcwd(), dict(os.environ))).encode())
    server.shutdown(socket.SHUT_WR)
    sys.exit(int(server.recv(16) or 1))
"""


@contextmanager
def interpreter(python: str = sys.executable, loaded: Iterable[str] = MODULES) -> Iterator[str]:
    """The path of the interpreter, which works until the end of the context; `python` is the one that is forked, with these modules."""
    with tempfile.TemporaryDirectory() as place, socket.socket(socket.AF_UNIX) as listener:
        address, client = f"{place}/socket", Path(place, "python")
        listener.bind(address)
        listener.listen(64)
        client.write_text(CLIENT.format(python=python, address=address))
        client.chmod(0o700)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / ".cache/collections")])}
        server = subprocess.Popen(
            [python, "-m", "tests.integration.interpreter", str(listener.fileno()), *loaded],
            env=environment,
            stdin=subprocess.DEVNULL,
            pass_fds=[listener.fileno()],
        )
        # From here on only the server listens: when it has ended, clients are refused and do not wait.
        listener.close()
        try:
            yield str(client)
        finally:
            server.terminate()
            server.wait()


def serve(listener: socket.socket, loaded: Iterable[str]) -> None:
    """Run in a process of its own whatever a client sends, until the end."""
    for name in loaded:
        importlib.import_module(name)
    # What is loaded stays: those that are forked off need not look through it, and share its memory.
    gc.freeze()
    # Nobody waits for the children: the client learns from them how they ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        connection, _address = listener.accept()
        if os.fork() == 0:
            listener.close()
            run(connection)
        connection.close()


def run(connection: socket.socket) -> None:
    """Be the Python that the client was started as; ends the process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _byte, streams, _flags, _address = socket.recv_fds(connection, 1, 3)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    request = b"".join(iter(lambda: connection.recv(65536), b""))
    arguments, place, environment = ast.literal_eval(request.decode())
    os.chdir(place)
    os.environ.clear()
    os.environ.update(environment)
    # Without a file, the program comes by standard input.
    name = arguments[0] if arguments else "<stdin>"
    source = Path(name).read_bytes() if arguments else sys.stdin.buffer.read()
    sys.argv = arguments or ["-"]
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    status: object = 0
    try:
        exec(compile(source, name, "exec"), vars(main))
    except SystemExit as end:
        status = end.code
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    status = status if isinstance(status, int) else int(status is not None)
    connection.sendall(str(status).encode())
    os._exit(status)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
