"""The shapes of what the API answers, for its OpenAPI document alone: the answers themselves are plain dictionaries, held against these in tests."""

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers
from rest_framework.serializers import BooleanField, CharField, ChoiceField, DateTimeField, FloatField, IntegerField, ListField, URLField, UUIDField

from comments.changes import KINDS
from comments.models import Article, Status
from comments.models.articles import KEY_PATTERN
from moderation.engine.rule import Clause, Outcome

CLAUSES = [clause.value for clause in Clause]
OUTCOMES = [outcome.word for outcome in Outcome]
GONE = [Status.REMOVED.value, Status.WITHDRAWN.value, Status.ERASED.value]

Shape = serializers.Serializer[object]


class Author(Shape):
    name = CharField()
    staff = BooleanField(help_text="Whether the writer speaks for the publisher.")


class _Comment(Shape):
    id = UUIDField()
    article = CharField(help_text="The article's key.")
    parent = UUIDField(allow_null=True, help_text="The comment that this one replies to.")  # type: ignore[assignment]  # a field like any other
    body = CharField(allow_null=True, help_text="Plain text; null where the comment is gone and stands for its replies.")
    author = Author(allow_null=True)
    submitted_at = DateTimeField()
    published_at = DateTimeField(help_text="When it was first published.")
    edited_at = DateTimeField(allow_null=True)
    reply_count = IntegerField()
    replies_url = URLField(help_text="All replies, page by page, the oldest first.")
    permalink = URLField()
    status = ChoiceField(choices=GONE, required=False, help_text="Only where the comment is gone: why.")


class Reply(_Comment):
    """A reply; replies have none of their own."""

    replies = ListField(child=CharField(), max_length=0)


class Comment(_Comment):
    """A comment as anyone sees it."""

    replies = Reply(many=True, help_text="The first five, the oldest first; none in a flat list.")


class Page(Shape):
    next = URLField(allow_null=True)
    previous = URLField(allow_null=True)


class CommentPage(Page):
    results = Comment(many=True)


class ReplyPage(Page):
    results = Reply(many=True)


class Change(Shape):
    """One change of one comment. `version` and `status` are what the change made of it; `comment` is what anyone sees of it now."""

    position = IntegerField(help_text="Its place in the feed: higher ones happened later.")
    id = UUIDField(help_text="The event's own.")
    kind = ChoiceField(choices=list(KINDS.values()))
    comment_id = UUIDField()
    article = CharField(help_text="The article's key.")
    status = ChoiceField(choices=Status.values)
    version = IntegerField()
    time = DateTimeField()
    comment = Comment(allow_null=True, help_text="Null where it was never public; a tombstone, with its status, where it is public no more.")


class FeedPage(Page):
    last = IntegerField(help_text="The position to go on from: the next request's `after`.")
    results = Change(many=True)


class Fix(Shape):
    """A proposal: what stands between the two places gives way to the replacement."""

    start = IntegerField()
    end = IntegerField()
    replacement = CharField(allow_blank=True)


class Finding(Shape):
    """What the policy says of one span of the text, in code points, the end not included. What a writer is not told is null."""

    rule = CharField(allow_null=True)
    clause = ChoiceField(choices=CLAUSES)
    start = IntegerField()
    end = IntegerField()
    excerpt = CharField(allow_null=True)
    outcome = ChoiceField(choices=OUTCOMES)
    message = CharField()
    score = FloatField(allow_null=True)
    fix = Fix(allow_null=True)


class _Text(Shape):
    text = CharField(allow_blank=True, help_text="As it is stored; the spans are in it.")
    findings = Finding(many=True)
    corrected = CharField(allow_blank=True, help_text="The text with every fix that is shown.")


class Verdict(_Text):
    outcome = ChoiceField(choices=OUTCOMES)


class Sent(_Text):
    """What became of a text that was sent."""

    id = UUIDField()
    status = ChoiceField(choices=Status.values)
    version = IntegerField()
    receipt = CharField(help_text="The only key to the comment: keep it, and send it as the header Receipt.")
    receipt_url = URLField(help_text="The writer's own page about the comment.")


class Reason(Shape):
    clause = CharField(help_text="A clause, or a house reason.")
    text = CharField()


class Waiting(Shape):
    median_seconds = IntegerField()


class Receipt(_Text):
    """Where a comment stands, for its writer."""

    id = UUIDField()
    status = ChoiceField(choices=Status.values)
    version = IntegerField()
    reasons = Reason(many=True)
    note = CharField(allow_blank=True, help_text="An editor's words to the writer.")
    automated = BooleanField(help_text="The policy decided, and no editor has looked yet.")
    submitted_at = DateTimeField()
    decided_at = DateTimeField(allow_null=True)
    may = ListField(child=ChoiceField(choices=["revise", "as_is", "withdraw", "appeal"]))
    waiting = Waiting(allow_null=True, help_text="How long others waited lately.")


COMMENT_OR_RECEIPT = PolymorphicProxySerializer(
    component_name="CommentOrReceipt", serializers=[Comment, Receipt], resource_type_field_name=None, many=False
)


class Reported(Shape):
    comment = UUIDField()
    reason = CharField()
    reported_at = DateTimeField()


class Challenge(Shape):
    """A proof of work by ALTCHA's second protocol. `{"challenge", "solution": {"counter", "derivedKey"}}` as JSON in Base64 is the header Proof."""

    parameters = serializers.DictField(
        help_text="algorithm (PBKDF2/SHA-256), nonce and salt in hexadecimal, cost (its rounds), keyLength in bytes, expiresAt in seconds since 1970, and "
        "keyPrefix, what the key of the password nonce + counter (four bytes, the highest first) must begin with in hexadecimal."
    )
    signature = CharField()


class Counted(Shape):
    counts = serializers.DictField(child=IntegerField())


class OneArticle(Shape):
    key = serializers.RegexField(f"^{KEY_PATTERN}$")
    title = CharField()
    url = CharField(allow_blank=True)
    section = CharField(allow_blank=True)
    language = CharField()
    published_at = DateTimeField()
    comments_open = BooleanField()
    closes_at = DateTimeField(allow_null=True)
    mode = ChoiceField(choices=Article.Mode.values)


class InBoth(Shape):
    tr = CharField()
    en = CharField()


class ClauseOfPolicy(Shape):
    key = ChoiceField(choices=CLAUSES)
    name = InBoth()
    reason = InBoth()


class HouseReason(Shape):
    key = CharField()
    name = InBoth()


class Policy(Shape):
    number = IntegerField(help_text="The version; it rises with every change.")
    notice = InBoth()
    clauses = ClauseOfPolicy(many=True)
    house_reasons = HouseReason(many=True)


class Wrong(Shape):
    code = CharField()
    message = CharField()


class Problem(Shape):
    """RFC 9457. What went wrong is told by `code`, which never changes, and to people by `title` and `detail`."""

    type = CharField()
    title = CharField()
    status = IntegerField()
    code = CharField()
    detail = CharField()
    errors = serializers.DictField(child=Wrong(many=True), required=False, help_text="By field; nested ones like author.name.")  # type: ignore[assignment]  # a field like any other
    decided_by = CharField(required=False, allow_null=True, help_text="Of stale_version: who was first; null to readers.")
    comment_status = ChoiceField(choices=Status.values, required=False, help_text="Of stale_version.")
    version = IntegerField(required=False, help_text="Of stale_version: the version that stands now.")
