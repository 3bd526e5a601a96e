"""Asks a web server as fast as it answers, over plain sockets, so that asking costs far less than answering."""

import json
import socket
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from selectors import EVENT_READ, DefaultSelector
from statistics import median
from typing import Any

CLIENTS = 8
_AT_ONCE = 65536


class WrongAnswer(Exception):
    """The server answered with another status than the one that was expected."""


@dataclass(frozen=True, slots=True)
class Question:
    """One request, sent again and again; `{n}` in the body becomes a number that is never sent twice."""

    port: int
    path: str
    status: int = 200
    method: str = "GET"
    headers: Mapping[str, str] | None = None
    body: Mapping[str, Any] | None = None

    def written(self, number: int) -> bytes:
        """The request as it goes over the wire."""
        body = json.dumps(self.body).replace("{n}", str(number)).encode() if self.body else b""
        lines = [
            f"{self.method} {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Connection: close",
            *(f"{k}: {v}" for k, v in (self.headers or {}).items()),
        ]
        if self.body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def sent(self, number: int) -> socket.socket:
        """A connection on which the answer is to be read until its end."""
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.sendall(self.written(number))
        return connection

    def asked(self, number: int) -> bytes:
        """The whole answer. Raises WrongAnswer."""
        with self.sent(number) as connection:
            answer = b"".join(iter(lambda: connection.recv(_AT_ONCE), b""))
        self.check(answer)
        return answer

    def check(self, answer: bytes) -> None:
        """Raises WrongAnswer."""
        if not answer.startswith(f"HTTP/1.1 {self.status} ".encode()):
            raise WrongAnswer(answer[:2000].decode(errors="replace"))


@dataclass(frozen=True, slots=True)
class Pace:
    """Answers a second, and the median time to one in milliseconds."""

    rate: float
    milliseconds: float


_numbers = count()


def pace(question: Question, seconds: float) -> Pace:
    """How fast eight clients at once are answered. Raises WrongAnswer.

    One thread waits for all of them, since threads would take more of the machine than some of the answers.
    """
    began = time.perf_counter()
    times: list[float] = []
    with DefaultSelector() as waiting, ExitStack() as connections:

        def ask() -> None:
            asked_at = time.perf_counter()
            connection = connections.enter_context(question.sent(next(_numbers)))
            waiting.register(connection, EVENT_READ, (connection, asked_at, bytearray()))

        for _ in range(CLIENTS):
            ask()
        while waiting.get_map():
            for key, _events in waiting.select():
                connection, asked_at, answer = key.data
                if part := connection.recv(_AT_ONCE):
                    answer += part
                    continue
                waiting.unregister(connection)
                connection.close()
                question.check(bytes(answer))
                times.append(time.perf_counter() - asked_at)
                if time.perf_counter() < began + seconds:
                    ask()
    return Pace(len(times) / (time.perf_counter() - began), median(times) * 1000)
