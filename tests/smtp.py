"""A mail server that takes every mail, and can be held in the middle of one: what a test needs to see who is told twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from enum import Enum, auto
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Lock, Thread

PATIENCE_SECONDS = 60


class Stage(Enum):
    """Where a mail is held: before the server knows it, or when it has it and has not said so yet."""

    OFFERED = auto()
    TAKEN = auto()


class MailServer(ThreadingTCPServer):
    """`received` holds the Message-ID of each mail that physically arrived, as often as it did."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[str] = []
        self.arrived = Event()
        self.held, self._go_on, self._lock = Event(), Event(), Lock()
        self._hold: Stage | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def hold_next(self, stage: Stage) -> None:
        """The next mail that comes to this stage goes no further until `let_go`; `held` says that it has come."""
        self.held.clear()
        self._go_on.clear()
        self._hold = stage

    def let_go(self) -> None:
        self._hold = None
        self._go_on.set()

    def reached(self, stage: Stage) -> None:
        with self._lock:
            is_to_wait, self._hold = self._hold is stage, None if self._hold is stage else self._hold
        if is_to_wait:
            self.held.set()
            assert self._go_on.wait(PATIENCE_SECONDS)


class _Conversation(StreamRequestHandler):
    """As much of RFC 5321 as Python's own client speaks."""

    server: MailServer

    def handle(self) -> None:
        try:
            self._converse()
        except (BrokenPipeError, ConnectionResetError):
            # Its client was killed: that is what these tests are about.
            return

    def _converse(self) -> None:
        self._say(b"220 ready")
        for line in self.rfile:
            verb = line.split()[0]
            if verb == b"data":
                self._say(b"354 go on")
                self._take()
            elif verb == b"mail":
                self.server.reached(Stage.OFFERED)
            self._say(b"221 bye" if verb == b"quit" else b"250 ok")

    def _take(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        message = message_from_bytes(b"".join(lines))
        self.server.received.append(str(message["Message-ID"]))
        self.server.arrived.set()
        self.server.reached(Stage.TAKEN)

    def _say(self, reply: bytes) -> None:
        self.wfile.write(reply + b"\r\n")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.let_go()
            server.shutdown()
            thread.join()
