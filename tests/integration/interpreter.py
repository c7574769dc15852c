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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UTILS = "ansible_collections.community.mailcow.plugins.module_utils"
# What modules import, and what ansible-playbook does.
MODULES = ("ansible.module_utils.basic", "ansible.module_utils.urls", "requests", f"{UTILS}._module", f"{UTILS}._tasks.every")
PLAYBOOKS = (
    "ansible.cli.playbook",
    "ansible.executor.playbook_executor",
    "ansible.executor.module_common",
    "ansible.plugins.strategy.linear",
    "tests.integration.plugins",
    "ansible_collections.community.mailcow.plugins.plugin_utils._action",
)
# What is started in their place: asks for the server with its settings, hands its work and its three streams over to that one, and ends
# as this ends. A module comes in a file, or by standard input; Python itself runs whatever else comes.
CLIENT = """\
#!{python} -IS
import array, os, sys
from _socket import AF_UNIX, SCM_RIGHTS, SHUT_WR, SOL_SOCKET, socket  # itself, socket takes longer than all else here
arguments = {program!r} + sys.argv[1:]
if not {program!r} and arguments and "AnsiballZ_" not in arguments[0]:
    os.execv({python!r}, [{python!r}, *arguments])
request = repr((arguments, os.getcwd(), dict(os.environ))).encode()
def ask(address, *streams):
    server = socket(AF_UNIX)
    server.connect(address)
    server.sendmsg([b"!"], [(SOL_SOCKET, SCM_RIGHTS, array.array("i", streams))])
    server.sendall(request)
    server.shutdown(SHUT_WR)
    return server.recv(1024)
sys.exit(int(ask(ask({address!r}), 0, 1, 2) or 1))
"""


@contextmanager
def interpreter(python: str = sys.executable, loaded: Iterable[str] = MODULES, program: str = "", executable: str = "") -> Iterator[str]:
    """The path of the interpreter, which works until the end of the context; `python` is the one that is forked, with these modules.

    With a program in Python, the path is one that runs this, and has its name. `executable` is what it takes for its interpreter.
    """
    with tempfile.TemporaryDirectory() as place, socket.socket(socket.AF_UNIX) as listener:
        client = Path(place, Path(program or "python").name)
        address = listen(listener, f"{place}/socket")
        client.write_text(CLIENT.format(python=python, address=address, program=[program] if program else []))
        client.chmod(0o700)
        server = subprocess.Popen(
            [python, "-m", "tests.integration.interpreter", str(listener.fileno()), executable or python, *loaded],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / ".cache/collections")])},
            stdin=subprocess.DEVNULL,
            pass_fds=[listener.fileno()],
            start_new_session=True,
        )
        # From here on only the server listens: when it has ended, clients are refused and do not wait.
        listener.close()
        try:
            yield str(client)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def listen(listener: socket.socket, address: str) -> str:
    """Have it listen at an address; the address."""
    listener.bind(address)
    listener.listen(64)
    return address


def receive(connection: socket.socket) -> tuple[list[int], list[str], str, dict[str, str]]:
    """What a client sends: its streams, arguments, working directory and environment."""
    _byte, streams, _flags, _address = socket.recv_fds(connection, 1, 3)
    return streams, *ast.literal_eval(b"".join(iter(lambda: connection.recv(65536), b"")).decode())


def serve(listener: socket.socket, loaded: Iterable[str]) -> None:
    """Tell each client where the server with its settings is, until the end; the first client that has them has it started.

    What is loaded reads Ansible's settings, and for what is forked off they count as they were then.
    """
    # Nobody waits for the children: the client learns from them how they ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    addresses: dict[frozenset[tuple[str, str]], str] = {}
    while True:
        connection, _address = listener.accept()
        # Whoever asks may be killed meanwhile.
        with suppress(OSError, SyntaxError), connection, socket.socket(socket.AF_UNIX) as server:
            *_others, environment = receive(connection)
            settings = frozenset(one for one in environment.items() if one[0].startswith("ANSIBLE_"))
            if settings not in addresses:
                addresses[settings] = listen(server, f"{listener.getsockname()}{len(addresses)}")
                if os.fork() == 0:
                    listener.close()
                    connection.close()
                    load(loaded, environment)
                    fork_for_each(server)
            connection.sendall(addresses[settings].encode())


def fork_for_each(listener: socket.socket) -> None:
    """Run in a process of its own whatever a client sends, until the end."""
    while True:
        connection, _address = listener.accept()
        if os.fork() == 0:
            listener.close()
            run(connection)
        connection.close()


def load(loaded: Iterable[str], environment: Mapping[str, str]) -> None:
    """Load modules in this environment."""
    os.environ.clear()
    os.environ.update(environment)
    for name in loaded:
        importlib.import_module(name)
    # What is forked off ends soon: it need not look for what it could free, and shares the memory of what is loaded.
    gc.disable()


def run(connection: socket.socket) -> None:
    """Be the Python that the client was started as; ends the process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    streams, arguments, place, environment = receive(connection)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
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


@contextmanager
def playbooks(programs: Path = Path(sys.executable).parent) -> Iterator[tuple[str, str]]:
    """The paths of ansible-playbook and of the interpreter that it takes for its own, and so has modules run by; both are forked.

    `programs` is the directory with the Python that has Ansible, and with its programs.
    """
    python = str(programs / "python")
    with interpreter(python) as executable, interpreter(python, PLAYBOOKS, str(programs / "ansible-playbook"), executable) as program:
        yield program, executable


if __name__ == "__main__":
    _name, number, sys.executable, *names = sys.argv
    serve(socket.socket(fileno=int(number)), names)
