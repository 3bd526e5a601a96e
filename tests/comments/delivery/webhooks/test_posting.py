"""A POST to an address that somebody else chose: it ends in time, reads little, follows nothing, and reaches nothing inside."""

import socket
from threading import Thread
from time import monotonic
from typing import Any

import pytest

from comments.delivery.webhooks.posting import LARGEST_ANSWER, post
from comments.outside.asking import NoAnswer
from comments.outside.connecting import Refused, is_public
from tests.receiver import a_gigabyte, a_gigabyte_of_headers, drop_by_drop, never, receiving, status

MEGABYTE = 2**20


@pytest.fixture
def trial(settings: Any) -> None:
    """On one's own network."""
    settings.TARGETS_MAY_BE_PRIVATE = True


@pytest.mark.usefixtures("trial")
def test_what_is_sent_arrives_with_the_host_that_was_named() -> None:
    with receiving(status(204)) as receiver:
        answer = post(f"http://localhost:{receiver.port}/hook", {"webhook-id": "1"}, b'{"a": 1}')

    assert answer.is_success
    [received] = receiver.received
    assert received.body == b'{"a": 1}'
    assert received.headers["host"] == f"localhost:{receiver.port}"
    assert received.headers["webhook-id"] == "1"


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("hanging", [never, drop_by_drop])
def test_a_receiver_that_hangs_or_drips_is_left_when_the_time_is_up(hanging: Any) -> None:
    with receiving(hanging) as receiver, pytest.raises(NoAnswer, match=r"no answer within 0\.3 seconds"):
        post(receiver.url, {}, b"{}", seconds=0.3)


@pytest.mark.usefixtures("trial")
def test_one_that_accepts_nobody_is_left_when_the_time_is_up() -> None:
    begun = monotonic()
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        with socket.create_connection(full.getsockname()), pytest.raises(NoAnswer):
            post(f"http://127.0.0.1:{full.getsockname()[1]}/", {}, b"{}", seconds=0.3)

    assert monotonic() - begun < 10


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("code", [200, 500])
def test_of_a_gigabyte_only_the_beginning_is_read(code: int) -> None:
    with receiving(a_gigabyte(code)) as receiver:
        answer = post(receiver.url, {}, b"{}")

    assert answer.status == code
    assert len(answer.beginning) <= LARGEST_ANSWER
    # What the system keeps on its way, and no more.
    assert receiver.sent_bytes < 32 * MEGABYTE


@pytest.mark.usefixtures("trial")
def test_a_gigabyte_of_headers_is_not_read() -> None:
    with receiving(a_gigabyte_of_headers) as receiver, pytest.raises(NoAnswer):
        post(receiver.url, {}, b"{}")

    assert receiver.sent_bytes < 32 * MEGABYTE


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(code: int) -> None:
    with receiving(status(200)) as inside, receiving(status(code, Location=inside.url)) as receiver:
        answer = post(receiver.url, {}, b"{}")

    assert (answer.status, answer.is_success) == (code, False)
    assert inside.received == []


@pytest.mark.usefixtures("trial")
def test_a_failure_is_told_in_the_receivers_words() -> None:
    with receiving(status(422, b"unknown\r\n  article", Retry_After="120")) as receiver:
        answer = post(receiver.url, {}, b"{}")

    assert (answer.status, answer.beginning, answer.pause.total_seconds()) == (422, "unknown article", 120)


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("given", ["-5", "soon", "1.5", "9" * 40, "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_a_pause_that_cannot_be_read_is_none(given: str) -> None:
    with receiving(status(503, Retry_After=given)) as receiver:
        assert post(receiver.url, {}, b"{}").pause.total_seconds() == 0


@pytest.mark.usefixtures("trial")
def test_where_nobody_listens_there_is_no_answer() -> None:
    with receiving(status(200)) as receiver:
        url = receiver.url

    with pytest.raises(NoAnswer, match="ConnectError"):
        post(url, {}, b"{}")


@pytest.mark.usefixtures("trial")
def test_what_is_no_http_is_no_answer() -> None:
    def babble(conversation: Any) -> None:
        conversation.write(b"220 mail.example ESMTP\r\n")

    with receiving(babble) as receiver, pytest.raises(NoAnswer, match="RemoteProtocolError"):
        post(receiver.url, {}, b"{}")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0.0.0.0", "[::]"])
def test_nothing_inside_is_asked_by_whatever_name(host: str) -> None:
    with receiving(status(200)) as receiver, pytest.raises((Refused, NoAnswer)) as refused:
        post(f"https://{host}:{receiver.port}/", {}, b"{}")

    assert receiver.received == []
    assert host.startswith("[") or refused.type is Refused


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def resolve(host: str, port: int, **_: Any) -> Any:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("93.184.216.34", "10.0.0.5")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    with pytest.raises(Refused, match=r"hook\.example is 10\.0\.0\.5"):
        post("https://hook.example/", {}, b"{}")
    assert asked == ["hook.example"]


def test_a_name_server_that_hangs_is_left_when_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    let_go = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: let_go.wait(60) and [])

    with pytest.raises(NoAnswer, match=r"was not found in time|no answer within"):
        post("https://hook.example/", {}, b"{}", seconds=0.2)
    let_go.set()


@pytest.mark.parametrize("url", ["http://hook.example/", "ftp://hook.example/", "hook.example", "", "file:///etc/passwd"])
def test_only_https_is_asked(url: str) -> None:
    with pytest.raises(Refused):
        post(url, {}, b"{}")


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("url", ["ftp://hook.example/", "hook.example", "", "http://", "http://häuser.example/"])
def test_an_address_that_cannot_be_asked_is_refused_or_not_answered(url: str) -> None:
    with pytest.raises((Refused, NoAnswer)):
        post(url, {}, b"{}")


@pytest.mark.usefixtures("trial")
def test_the_name_goes_into_tls_although_the_connection_goes_to_a_checked_address() -> None:
    greeting = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            connection, _ = server.accept()
            with connection:
                greeting.append(connection.recv(4096))

        thread = Thread(target=listen)
        thread.start()
        with pytest.raises(NoAnswer):
            post(f"https://localhost:{server.getsockname()[1]}/", {}, b"{}")
        thread.join()

    assert b"\x00\x09localhost" in greeting[0]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
        ),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::"),
        *("2001:0:7f00:1::", "192.0.2.1", "198.18.0.1", "203.0.113.7", "2001:db8::1"),
    ],
)
def test_an_address_that_not_everybody_may_reach_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_that_everybody_may_reach_is_public(address: str) -> None:
    assert is_public(address)
