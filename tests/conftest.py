"""What every test may ask for: markers for things that a machine may lack, and the laws of hypothesis."""

import fcntl
import os
import shutil
import socket
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from moderation.models import Site

RABBITMQ = os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")

settings.register_profile("tests", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")


def chromium() -> str | None:
    """The path of the machine's own browser."""
    named = os.environ.get("CHROMIUM")
    return next((path for name in (named, "chromium", "chromium-browser", "google-chrome") if name and (path := shutil.which(name))), None)


def redis() -> str | None:
    """The path of a Redis server that a test may start."""
    return shutil.which("redis-server")


def rabbitmq() -> str | None:
    """The address of a RabbitMQ that a test may use, with a queue of its own."""
    real = urlsplit(RABBITMQ)
    with suppress(OSError), socket.create_connection((real.hostname or "127.0.0.1", real.port or 5672), timeout=1):
        return RABBITMQ
    return None


def curl() -> str | None:
    """The path of curl."""
    return shutil.which("curl")


def node() -> str | None:
    """The path of a Node that knows `fetch`."""
    return shutil.which("node")


MISSING: Mapping[str, tuple[Callable[[], str | None], str]] = MappingProxyType(
    {
        "chromium": (chromium, "a browser: Debian's chromium, or the path of one in CHROMIUM"),
        "redis": (redis, "a broker: Debian's redis-server"),
        "curl": (curl, "curl"),
        "node": (node, "Node: Debian's nodejs"),
        "rabbitmq": (rabbitmq, "a broker: a RabbitMQ that runs, at TEST_RABBITMQ_URL or on this machine"),
    }
)


@pytest.fixture
def site(db: None) -> "Site":
    """The one that the first migration makes; a test that empties the tables takes it away for those that follow."""
    from moderation import versions
    from moderation.models import PolicyVersion, Site

    site, _ = Site.objects.get_or_create(key=versions.DEFAULT_SITE, defaults={"name": "Mizan"})
    if not PolicyVersion.objects.filter(site=site, is_active=True).exists():
        versions.enact(site, {})
    return site


@pytest.fixture(autouse=True)
def requests_end() -> Generator[None]:
    """A response that a test left open would hold back what later tests ring for."""
    yield
    from comments import bell

    held, bell._rings.waiting = bell._rings.waiting, None
    assert held is None, "A request of this test has not ended: read its streaming response, or close it."


# With bounds in seconds, or with more processes than the machine has cores.
HEAVY = ("tests/e2e/test_faults.py", "tests/comments/load", "tests/comments/desk/test_race.py", "tests/comments/delivery/test_sequencing.py")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Heavy tests take turns with those of the run beside this one, so that each finds a core free."""
    if item.nodeid.startswith(HEAVY) and (turn := os.environ.get("TESTS_TURN")):
        with Path(turn).open() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            return (yield)
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"requires(name): skipped where the machine lacks it; one of {', '.join(MISSING)}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("requires"):
        for name in marker.args:
            look, meaning = MISSING[name]
            if not look():
                lack(f"this machine lacks {meaning}")


def lack(what: str) -> None:
    """Skips the test, or fails it where REQUIRE_ALL says that nothing may be missing."""
    if os.environ.get("REQUIRE_ALL"):
        pytest.fail(f"REQUIRE_ALL is set, but {what}", pytrace=False)
    pytest.skip(what)
