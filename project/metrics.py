"""What an operator watches over time, as Prometheus reads it at /metrics: work that waits, how long, and what could not be delivered.

The figures come from the database at the moment they are asked for, so every process gives the same ones. How many requests there are and what
they take is the proxy's to count.
"""

from collections.abc import Iterable
from datetime import datetime
from hmac import compare_digest

from django.conf import settings
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from comments.lanes import in_lane
from comments.models import Comment, Delivery, Status

WAITING_LANES = ("clean", "flagged", "escalated", "reported")


def exposed(request: HttpRequest) -> HttpResponse:
    """The figures of now; 404 for whoever does not bring `METRICS_TOKEN`; open where none is set, but never in production."""
    if not _may_see(request):
        return HttpResponse(status=404)
    registry = CollectorRegistry()
    registry.register(_Figures(timezone.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_see(request: HttpRequest) -> bool:
    expected = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    return settings.METRICS_ARE_OPEN or (bool(settings.METRICS_TOKEN) and compare_digest(given.encode(), expected.encode()))


class _Figures(Collector):
    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterable[Metric]:
        waiting = GaugeMetricFamily("mizan_comments_waiting", "Comments that wait for an editor, by lane.", labels=["lane"])
        for lane in WAITING_LANES:
            waiting.add_metric([lane], in_lane(lane).count())
        yield waiting

        oldest = Comment.objects.filter(status=Status.PENDING).aggregate(since=Min("submitted_at"))["since"]
        yield GaugeMetricFamily("mizan_oldest_waiting_seconds", "Age of the comment that waits longest; 0 if none does.", self._age(oldest))

        due = Delivery.objects.filter(state=Delivery.State.WAITING, available_at__lte=self.now)
        numbers = due.aggregate(number=Count("pk"), since=Min("available_at"))
        yield GaugeMetricFamily("mizan_deliveries_due", "Messages that should have left and have not.", numbers["number"])
        yield GaugeMetricFamily(
            "mizan_oldest_delivery_seconds", "For how long the first of them has been due; 0 if none is.", self._age(numbers["since"])
        )
        given_up = Delivery.objects.filter(state=Delivery.State.DEAD).count()
        yield GaugeMetricFamily("mizan_deliveries_given_up", "Messages that could not be delivered, as far back as they are kept.", given_up)

    def _age(self, since: datetime | None) -> float:
        return max(0.0, (self.now - since).total_seconds()) if since else 0.0
