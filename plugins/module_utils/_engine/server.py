# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The server during a run: reads everything only once, writes, runs requests concurrently, and stops at fatal errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .._api.errors import ConnectionFailed, MailcowError
from .._api.messages import NOT_ASKED, some
from .._api.names import askable
from .._api.once import Once
from .._api.releases import is_before, is_release
from .._api.stage import Stage

if TYPE_CHECKING:
    from .._api.client import Client
    from .._api.entry import Entry
    from .._api.stage import Tell

    Value = TypeVar("Value")
    Result = TypeVar("Result")


class Server:
    """A server, accessed with a `_api.client.Client` over up to ``connections`` concurrent connections.

    ``patience``: maximum of seconds for an answer. ``check_mode``: whether writes are forbidden. ``stopped``: the error after
    which nothing more is written, because it would be the same for all objects. ``tell``: is called with the progress; ``warn``: is
    called with warnings about what was read. ``version``: mailcow's version after `find_version`; None before, and if unknown.
    """

    def __init__(
        self,
        client: Client,
        check_mode: bool = False,
        connections: int = 1,
        patience: float = 120,
        tell: Tell = lambda text: None,
        warn: Tell = lambda text: None,
    ) -> None:
        self.client = client
        self.check_mode = check_mode
        self.connections = connections
        self.patience = patience
        self.tell = tell
        self.warn = warn
        self.stopped: MailcowError | None = None
        # The error of a read after which nothing more is read, because each further read would fail after the same time.
        self._gone: MailcowError | None = None
        self._answers = Once()
        self.version: str | None = None
        self._lasting = Once()
        self._said: set[str] = set()

    def ask(self, route: str, *segments: str) -> Any:
        """Give the answer to a GET below get/, None if it is empty. It is requested only once until something is written.

        Raises MailcowError.
        """
        return self._answers.ask((route, *segments), lambda: self.ask_again(route, *segments))

    def ask_again(self, route: str, *segments: str) -> Any:
        """Give the present answer to a GET, even if it was requested before. Raises MailcowError."""
        if self._gone:
            raise self._gone
        try:
            return self.client.get(route, *segments)
        except ConnectionFailed as error:
            self._gone = error
            raise

    def text(self, route: str, *segments: str) -> str:
        """Give the answer to a GET that is a text instead of JSON. Raises MailcowError, EmptyAnswer if it is empty."""
        return self.client.text(route, *segments)

    def page(self, path: str, host: str) -> str | None:
        """Give the text of a public page of the server under the name ``host``, None if it does not exist. It is requested only once
        until something is written. Raises MailcowError.
        """
        return cast("str | None", self._answers.ask((path, host), lambda: self.client.page(path, host, strict=True)))

    def write(self, path: str, body: Any) -> list[Entry]:
        """POST ``body`` to ``path`` and give mailcow's entries, as `Client.write` does. Raises MailcowError."""
        return self.client.write(path, body)

    def presume(self, answer: Any, route: str, *segments: str) -> None:
        """In check mode, set the answer that a GET would have if everything had been written so far."""
        self._answers.presume((route, *segments), answer)

    def forget(self) -> None:
        """Forget all answers, because something was written, or time has passed."""
        self._gone = None
        self._answers.forget()

    def find_version(self) -> str | None:
        """Give mailcow's version, which is requested only once; None if unknown."""

        def question() -> str | None:
            try:
                answer = self.client.get("status", "version")
            except MailcowError:
                return None
            version = answer.get("version") if isinstance(answer, dict) else None
            return version if isinstance(version, str) else None

        self.version = self._lasting.ask("version", question)
        return self.version

    def lacks(self, release: str) -> bool:
        """Whether the server is older than a release of mailcow. Its version is requested if it is not known."""
        return is_before(self.find_version(), release)

    def has(self, release: str) -> bool:
        """Whether the server is known to have a release of mailcow or a newer one. Its version is requested."""
        return is_release(self.find_version()) and not self.lacks(release)

    def says_first(self, warning: str) -> bool:
        """Whether a warning about several objects occurs for the first time in this run."""
        first = warning not in self._said
        self._said.add(warning)
        return first

    def askable(self, names: Iterable[str], what: str) -> list[str]:
        """Give the names that mailcow's API accepts, with a warning that ``what`` belongs to the others is left out."""
        names = list(names)
        hidden = [name for name in names if not askable(name)]
        warning = "left out: %s of %s, because %s" % (what, some(hidden), NOT_ASKED)
        if hidden and self.says_first(warning):
            self.warn(warning)
        return [name for name in names if askable(name)]

    def each(self, function: Callable[[Value], Result], values: Iterable[Value], form: str = "") -> list[Result]:
        """Give [function(value) for value in values], concurrently if there are connections for it. ``form``: the sentence about the
        progress, see `_api.stage.Stage`.
        """
        values = list(values)
        stage = Stage(self.tell, form, len(values)) if form else None

        def one(value: Value) -> Result:
            result = function(value)
            if stage:
                stage.add()
            return result

        if self.connections < 2 or len(values) < 2:
            return [one(value) for value in values]
        return self.side_by_side(one, values, self.connections)

    def side_by_side(self, function: Callable[[Value], Result], values: Iterable[Value], threads: int) -> list[Result]:
        """Give [function(value) for value in values], ``threads`` at a time. An interruption of the waiting thread ends all:
        requests in progress are completed, and no others are sent.
        """
        with ThreadPoolExecutor(threads) as pool:
            try:
                return list(pool.map(function, values))
            except Exception:
                raise
            except BaseException:
                self.stopped = self._gone = MailcowError("the task was interrupted")
                raise
