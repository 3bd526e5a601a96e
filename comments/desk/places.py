"""Where an editor is at the desk: lane, filters, order, page and the comment that is open, as the address says it and as links keep it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import BooleanField, Func, Q, QuerySet, Value
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments.desk import counting
from comments.desk.counting import Count, count_of
from comments.desk.filters import FILTERS, PlaceForm
from comments.lanes import LANES, in_lane
from comments.models import Appeal, Comment, Escalation, Report

CARDS_A_PAGE = 20
SHOWN_WITH = ("article", "current_revision__review")
UNREAD = ("article__body", "article__summary", "current_revision__search_text")

LANE_NAMES: Mapping[str, Promise] = {
    "clean": _("Clean"),
    "flagged": _("Flagged"),
    "escalated": _("Escalated"),
    "reported": _("Reported"),
    "appeals": _("Appeals"),
    "auto_rejected": _("Rejected by the policy"),
    "all": _("All"),
}
# All of a keyset's fields rise or all fall, so that one comparison tells what comes after a comment.
KEYSETS = {"oldest": ("submitted_at", "pk"), "gravest": ("mildness", "submitted_at", "pk"), "newest": ("-submitted_at", "-pk")}
# Where comments of several priorities stand in one lane, the oldest and the gravest come first within each.
_MIXED = frozenset({"escalated", "reported", "all"})
_WITHIN_PRIORITY = frozenset({"oldest", "gravest"})

Position = tuple[Any, ...]

_OPENED_SINCE: Mapping[str, Callable[[datetime], Q]] = MappingProxyType(
    {
        "escalated": lambda since: Q(pk__in=Escalation.objects.filter(closed_by=None, opened_by__decided_at__gt=since).values("comment")),
        "reported": lambda since: Q(pk__in=Report.objects.filter(closed_by=None, created_at__gt=since).values("comment")),
        "appeals": lambda since: Q(pk__in=Appeal.objects.filter(closed_by=None, opened_at__gt=since).values("comment")),
    }
)


def _moved_since(since: datetime) -> Q:
    return Q(status_since__gt=since)


# What is new in each lane where comments wait for an editor.
_ARRIVALS: Mapping[str, Callable[[datetime], Q]] = MappingProxyType({"clean": _moved_since, "flagged": _moved_since, **_OPENED_SINCE})


@dataclass(frozen=True, slots=True)
class Place:
    """One page of one lane; `after` is the public id of the last comment of the page before, `open` of the comment in front of the editor."""

    lane: str = "clean"
    q: str = ""
    clause: str = ""
    rule: str = ""
    article: str = ""
    section: str = ""
    language: str = ""
    reader: UUID | None = None
    age: str = ""
    policy: int | None = None
    order: str = "oldest"
    after: UUID | None = None
    open: UUID | None = None

    @classmethod
    def read(cls, given: QueryDict) -> "Place":
        """Raises Http404 for a lane, an order, a filter or a page that there is not."""
        form = PlaceForm(given)
        if not form.is_valid():
            raise Http404
        return cls(**{name: value for name, value in form.cleaned_data.items() if value})

    @property
    def query(self) -> str:
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in said.items() if value and (name, value) != ("order", "oldest")})

    @property
    def url(self) -> str:
        return f"{reverse('desk:queue')}?{self.query}"

    @property
    def closed(self) -> "Place":
        return self.opening(None)

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self, name) for name in FILTERS)

    @property
    def searches_texts(self) -> bool:
        """Whether a filter asks what the texts say or what was found in them, which no index knows."""
        return bool(self.q or self.clause or self.rule)

    def start(self, **changes: Any) -> "Place":
        """The first page, of this lane or of another, with nothing open yet."""
        return replace(self, **{"after": None, "open": None, **changes})

    def opening(self, public_id: UUID | None) -> "Place":
        return replace(self, open=public_id)

    @property
    def keyset(self) -> tuple[str, ...]:
        first = ("priority",) if self.lane in _MIXED and self.order in _WITHIN_PRIORITY else ()
        return (*first, *KEYSETS[self.order])

    @property
    def comments(self) -> QuerySet[Comment]:
        """The whole lane in its order, as far as the filters let it through."""
        now = timezone.now()
        asked = [question(value, now) for name, question in FILTERS.items() if (value := getattr(self, name))]
        return in_lane(self.lane).filter(*asked).order_by(*self.keyset)

    def page(self, *, besides: Comment | None = None) -> tuple[list[Comment], "Place | None"]:
        """This page's comments with what a list shows of them, and the next page; also `besides`, in its place. Raises Http404 where `after` is nobody's."""
        comments = self.comments
        if self.after:
            comments = comments.filter(self._beyond(self.position(get_object_or_404(Comment, public_id=self.after))))
        found = list(comments.select_related(*SHOWN_WITH).defer(*UNREAD)[: CARDS_A_PAGE + 1])
        shown = found[:CARDS_A_PAGE]
        following = self.start(after=shown[-1].public_id) if len(found) > CARDS_A_PAGE else None
        return (shown if besides is None or besides in shown else self._with([*shown, besides])), following

    def _with(self, comments: list[Comment]) -> list[Comment]:
        named = Comment.objects.filter(pk__in=[comment.pk for comment in comments])
        return list(named.order_by(*self.keyset).select_related(*SHOWN_WITH).defer(*UNREAD))

    def position(self, comment: Comment) -> Position:
        """Where the comment stands in this place's order; a decision may change it."""
        return tuple(getattr(comment, name.lstrip("-")) for name in self.keyset)

    def next_after(self, here: Position, *, besides: Q) -> UUID | None:
        """The next comment of the lane after the position that is not one of `besides`; None at its end."""
        return self.comments.filter(self._beyond(here), ~besides).values_list("public_id", flat=True).first()

    def _beyond(self, here: Position) -> Func:
        """What comes after the position: compared as a whole, which gives the index its range."""
        fields, sign = [name.lstrip("-") for name in self.keyset], " < " if self.keyset[0].startswith("-") else " > "
        return Func(_whole(*fields), _whole(*map(Value, here)), template="%(expressions)s", arg_joiner=sign, output_field=BooleanField())


def place_asked_for(request: HttpRequest, **_address: object) -> str:
    """The address of the place at the desk that the query string says."""
    return Place.read(request.GET).url


@dataclass(frozen=True, slots=True)
class LaneTab:
    """`count` is None where it would take reading every text of the lane."""

    key: str
    name: Promise
    place: Place
    count: int | None
    here: bool

    @property
    def shown(self) -> str:
        return "" if self.count is None else counting.shown(self.count)


def tabs(place: Place) -> list[LaneTab]:
    """Every lane with its count; while words, a clause or a rule are looked for, only the one that is shown has one."""
    lanes = {name: place.start(lane=name) for name in LANES}
    wanted = [name for name in LANES if name == place.lane or not place.searches_texts]
    count = count_of(*(lanes[name].comments for name in wanted)) if place.is_narrowed else _count_of_lanes()
    counts = dict(zip(wanted, count.taken(), strict=True))
    return [LaneTab(name, LANE_NAMES[name], there, counts.get(name), here=name == place.lane) for name, there in lanes.items()]


def _whole(*parts: str | Value) -> Func:
    return Func(*parts, template="(%(expressions)s)")


@cache
def _count_of_lanes() -> Count:
    return count_of(*map(in_lane, LANES))


def arrived(place: Place, since: datetime) -> int:
    """How many came since into a lane where comments wait; one that somebody brings back comes anew."""
    if not (new := _ARRIVALS.get(place.lane)):
        return 0
    return count_of(place.comments.filter(new(since))).taken()[0]
