"""The brokers that the service is made for, each of them ready to fail: frozen in the middle of things, or gone altogether."""

import shutil
import signal
import socket
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit
from uuid import uuid4

from kombu import Connection, Exchange, Queue

from tests.conftest import RABBITMQ as REAL_RABBITMQ
from tests.live_site import free_port

TRIES = 100


class Broker(ABC):
    """`url` is what CELERY_BROKER_URL is set to; `queue` is this test's own."""

    url: str
    queue = f"test-{uuid4()}"

    @abstractmethod
    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Connections stay and new ones are accepted, but nothing is answered."""

    @abstractmethod
    @contextmanager
    def away(self) -> Iterator[None]:
        """Nobody is there."""


class Files(Broker):
    """The file-system transport, which cannot freeze; without its folder it is away."""

    def __init__(self, data: Path) -> None:
        self.url, self._folder = "", data / "broker" / "messages"

    @contextmanager
    def frozen(self) -> Iterator[None]:
        yield

    @contextmanager
    def away(self) -> Iterator[None]:
        aside = self._folder.with_name("aside")
        self._folder.rename(aside)
        try:
            yield
        finally:
            # Every process of the service that starts meanwhile makes it anew.
            shutil.rmtree(self._folder, ignore_errors=True)
            aside.rename(self._folder)


class Redis(Broker):
    """A server of the test's own."""

    def __init__(self) -> None:
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._process = self._started()

    def _started(self) -> "subprocess.Popen[bytes]":
        command = [shutil.which("redis-server") or "", "--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        for _ in range(TRIES):
            with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", self._port), timeout=1):
                return process
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
        raise TimeoutError("redis-server does not listen")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    @contextmanager
    def away(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self._process = self._started()


class RabbitMQ(Broker):
    """The machine's server, behind a wire of the test's own that can be cut."""

    def __init__(self) -> None:
        real = urlsplit(REAL_RABBITMQ)
        self._address = (real.hostname or "127.0.0.1", real.port or 5672)
        self._port = free_port()
        credentials = f"{real.username or 'guest'}:{real.password or 'guest'}"
        self.url = real._replace(netloc=f"{credentials}@127.0.0.1:{self._port}").geturl()
        self._flows = Event()
        self._flows.set()
        self._open()

    def _open(self) -> None:
        self._ends: list[socket.socket] = []
        self._threads: list[Thread] = []
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._run(self._accept)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._address)
                self._ends += [near, far]
                self._run(self._relay, near, far)
                self._run(self._relay, far, near)

    def _relay(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _run(self, work: Callable[..., None], *ends: socket.socket) -> None:
        thread = Thread(target=work, args=ends, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _cut(self) -> None:
        self._flows.set()
        for end in (self._listener, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in (self._listener, *self._ends):
            end.close()

    def stop(self) -> None:
        self._cut()
        with Connection(REAL_RABBITMQ) as connection, connection.channel() as channel:
            Queue(self.queue, channel=channel).delete()
            Exchange(self.queue, channel=channel).delete()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        self._flows.clear()
        try:
            yield
        finally:
            self._flows.set()

    @contextmanager
    def away(self) -> Iterator[None]:
        self._cut()
        try:
            yield
        finally:
            self._open()


@contextmanager
def broker(name: str, data: Path) -> Iterator[Broker]:
    """One of "files", "redis" and "rabbitmq"."""
    with ExitStack() as ending:
        match name:
            case "files":
                yield Files(data)
            case "redis":
                redis = Redis()
                ending.callback(redis.stop)
                yield redis
            case _:
                rabbitmq = RabbitMQ()
                ending.callback(rabbitmq.stop)
                yield rabbitmq
