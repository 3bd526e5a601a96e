"""A server of somebody else's on this machine, which answers as a test tells it: at once, never, drop by drop, or with a gigabyte."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from threading import Event, Thread

Answering = Callable[["Conversation"], None]


@dataclass(frozen=True, slots=True)
class Received:
    headers: Message  # asked for a name in whatever case
    body: bytes


class Receiver(ThreadingTCPServer):
    """`received` holds every request; `answers` are used up one after another, the last one for ever."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *answers: Answering) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answers, self.received, self.closing, self.sent_bytes = list(answers), list[Received](), Event(), 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


class Conversation(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.received.append(Received(self.headers, body))
        answer = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        with suppress(ConnectionError):
            answer(self)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's signature)
        pass

    def write(self, data: bytes) -> None:
        self.wfile.write(data)
        self.server.sent_bytes += len(data)


def status(code: int, body: bytes = b"", **headers: str) -> Answering:
    def answer(conversation: Conversation) -> None:
        conversation.send_response(code)
        for name, value in headers.items():
            conversation.send_header(name.replace("_", "-"), value)
        conversation.send_header("Content-Length", str(len(body)))
        conversation.end_headers()
        conversation.write(body)

    return answer


def never(conversation: Conversation) -> None:
    conversation.server.closing.wait(60)


def drop_by_drop(conversation: Conversation) -> None:
    """A header that does not end, a byte at a time: each reading is answered soon."""
    conversation.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not conversation.server.closing.wait(0.02):
        conversation.write(b"a")


def a_gigabyte(code: int) -> Answering:
    def answer(conversation: Conversation) -> None:
        conversation.write(f"HTTP/1.1 {code} Answer\r\nContent-Length: {2**30}\r\n\r\n".encode())
        for _ in range(2**14):
            conversation.write(bytes(2**16))

    return answer


def a_gigabyte_of_headers(conversation: Conversation) -> None:
    conversation.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(2**14):
        conversation.write(f"X-{number}: ".encode() + b"a" * 2**16 + b"\r\n")


@contextmanager
def receiving(*answers: Answering) -> Iterator[Receiver]:
    with Receiver(*answers) as receiver:
        thread = Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield receiver
        finally:
            receiver.closing.set()
            receiver.shutdown()
            thread.join()
