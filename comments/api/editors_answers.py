"""The shapes of what the API answers to editors, for its OpenAPI document alone."""

from rest_framework.serializers import CharField, ChoiceField, DateTimeField, IntegerField, UUIDField

from comments.api.answers import Finding, Page, Shape
from comments.lanes import LANES
from comments.models import Status

STANDING_IN = [name for name, question in LANES.items() if question]


class ArticleOfItem(Shape):
    key = CharField()
    title = CharField()


class Record(Shape):
    approved = IntegerField()
    rejected = IntegerField()


class Writer(Shape):
    id = UUIDField()
    name = CharField(allow_blank=True)
    record = Record()


class Report(Shape):
    reason = CharField()
    text = CharField(allow_blank=True)
    reported_at = DateTimeField()


class Item(Shape):
    """A comment as editors see it; its findings come whole."""

    id = UUIDField()
    version = IntegerField(help_text="To be sent back with a decision.")
    status = ChoiceField(choices=Status.values)
    lane = ChoiceField(choices=STANDING_IN, allow_null=True, help_text="The lane that was asked for, else the first that holds the comment.")
    body = CharField(allow_blank=True)
    findings = Finding(many=True)
    corrected = CharField(allow_blank=True)
    article = ArticleOfItem()
    author = Writer()
    parent = UUIDField(allow_null=True)  # type: ignore[assignment]  # a field like any other
    submitted_at = DateTimeField()
    age_seconds = IntegerField()
    claimed_by = CharField(allow_null=True)
    policy = IntegerField(help_text="The policy version of the findings.")
    reports = Report(many=True, help_text="Those that are open, the oldest first.")


class ItemPage(Page):
    results = Item(many=True)


class Decided(Shape):
    status = ChoiceField(choices=Status.values)
    version = IntegerField()
    decided_at = DateTimeField()
