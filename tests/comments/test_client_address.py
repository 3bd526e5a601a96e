"""Where a request came from, whatever its client claims."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from comments.client_address import client_address, network

PROXY, CLIENT, CLAIMED = "10.0.0.1", "203.0.113.9", "198.51.100.7"


def seen(forwarded: str | None, connected: str = PROXY) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=connected))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, PROXY),
        (0, CLAIMED, PROXY),
        (1, CLIENT, CLIENT),
        (1, f"{CLAIMED}, {CLIENT}", CLIENT),
        (1, f"{CLAIMED},{CLAIMED} ,  {CLIENT} ", CLIENT),
        (2, f"{CLAIMED}, {CLIENT}, 10.0.0.2", CLIENT),
        (2, CLIENT, PROXY),
        (1, None, PROXY),
        (1, "", PROXY),
        (1, "bilinmiyor", PROXY),
        (3, CLIENT, PROXY),
        (1, "::ffff:203.0.113.9", CLIENT),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings: Settings, proxies: int, forwarded: str | None, address: str) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies

    assert seen(forwarded) == address


def test_a_local_socket_tells_none() -> None:
    assert seen(None, connected="") == ""


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), max_size=60))
def test_whatever_is_claimed_does_not_change_what_a_proxy_saw(claimed: str) -> None:
    from django.test import override_settings

    with override_settings(TRUSTED_PROXY_COUNT=1):
        assert seen(f"{claimed},{CLIENT}") == CLIENT


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        (CLIENT, CLIENT),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", CLIENT),
        ("", ""),
        ("?", ""),
    ],
)
def test_an_ipv6_client_is_known_by_his_network(address: str, counted: str) -> None:
    assert network(address) == counted
