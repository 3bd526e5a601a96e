"""The receiver that docs/api.md shows takes what is sent, once, and nothing else."""

import re
from typing import Any

import pytest

from comments.delivery.webhooks import endpoints
from comments.delivery.webhooks.sending import deliver
from comments.models import WebhookEndpoint, WebhookMessage
from moderation.models import Site
from tests.live_site import ROOT
from tests.receiver import receiving, status


@pytest.fixture
def guide(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The example's names, as it stands there."""
    example = re.search(r"^### A receiver$.*?^```python\n(.*?)^```$", (ROOT / "docs" / "api.md").read_text(), re.DOTALL | re.MULTILINE)
    assert example

    def read(secret: str) -> dict[str, Any]:
        monkeypatch.setenv("MIZAN_WEBHOOK_SECRET", secret)
        names: dict[str, Any] = {}
        exec(example[1], names)
        return names

    return read


def test_the_receiver_takes_each_message_once_and_no_other(site: Site, guide: Any, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from django.utils import timezone

    from comments.delivery.webhooks import messages

    settings.TARGETS_MAY_BE_PRIVATE = True
    now = timezone.now()
    with receiving(status(200)) as receiver:
        endpoint = WebhookEndpoint.objects.create(site=site, name="CMS", url=receiver.url, secret=endpoints.new_secret())
        messages.prepare_test(endpoint, now=now)
        assert deliver(lambda: now)
    [sent] = receiver.received
    receive = guide(endpoint.secret)["receive"]

    assert [receive(sent.body, sent.headers) for _ in range(2)] == [204, 204]
    assert receive(sent.body + b" ", sent.headers) == 401
    assert guide(endpoints.new_secret())["receive"](sent.body, sent.headers) == 401
    assert capsys.readouterr().out == "test {}\n"
    assert WebhookMessage.objects.get().state == "done"
