"""What the OpenAPI document says of every operation: who may ask, what is sent and what is answered, in one place beside the views."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.views import APIView

from comments.api import (
    answers,
    articles,
    asking,
    challenging,
    checking,
    counting,
    deciding,
    editors_answers,
    feed,
    policy,
    queue,
    reading,
    reporting,
    writers_requests,
    writing,
)
from comments.api.problems import CONTENT_TYPE
from comments.models.articles import KEY_PATTERN

ANYONE: dict[str, list[str]] = {}
KEY: dict[str, list[str]] = {"key": []}
TOKEN: dict[str, list[str]] = {"token": []}
SESSION: dict[str, list[str]] = {"session": []}
SESSION_AND_TOKEN: dict[str, list[str]] = {"session": [], "csrf": []}
RECEIPT: dict[str, list[str]] = {"receipt": []}

SECURITY_SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "`Api-Key <key>`, for the site's servers."},
    "token": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "For a user of the news site: `Bearer <token>`, signed by an issuer that the title trusts.",
    },
    "session": {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "An editor who is signed in to the admin."},
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRFToken",
        "description": "The value of the cookie csrftoken, with whatever a session changes.",
    },
    "receipt": {"type": "apiKey", "in": "header", "name": "Receipt", "description": "The token that the comment's writer was given."},
}

ARTICLE = OpenApiParameter("key", location=OpenApiParameter.PATH, pattern=f"^{KEY_PATTERN}$", description="The publisher's own key of the article.")
IF_NONE_MATCH = OpenApiParameter("If-None-Match", location=OpenApiParameter.HEADER, description="The ETag of an answer that is at hand.")
PROOF = OpenApiParameter(
    "Proof", location=OpenApiParameter.HEADER, description="A guest's solution of a challenge; with it he may send more in a minute. Counts once."
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    location=OpenApiParameter.HEADER,
    description="Best a UUID. The same request with the same key is answered once more, and makes no second comment; for 48 hours.",
)

_MEANINGS = {
    400: "Something in the request is wrong; `errors` says what (invalid).",
    401: "Nobody is known where somebody is needed (not_authenticated).",
    403: "Whoever asks may not do this (not_allowed).",
    404: "There is nothing here, or nothing that the caller may see (not_found).",
    409: "The comment stands otherwise than the request supposes (stale_version, wrong_status, comments_closed, in_progress).",
    413: "The request is larger than 64 KiB (too_large).",
    415: "The request is not JSON (unsupported_media_type).",
    422: "The Idempotency-Key stood for another request (idempotency_mismatch).",
    429: "Too often in too short a time; see Retry-After (slow_down).",
    503: "Nothing was changed; see Retry-After (try_again).",
}
_OF_READING = (400, 404, 503)
_OF_WRITING = (400, 404, 413, 415, 503)


def _describe(view: type[APIView], **operations: Any) -> None:
    extend_schema_view(**operations)(view)


def _operation(
    operation_id: str,
    summary: str,
    answered: Mapping[int, Any],
    problems: Collection[int],
    *,
    callers: Sequence[Any] = (ANYONE,),
    **further: Any,
) -> Any:
    told = {(status, CONTENT_TYPE): OpenApiResponse(answers.Problem, _MEANINGS[status]) for status in sorted(problems)}
    return extend_schema(operation_id=operation_id, summary=summary, auth=callers, responses={**answered, **told}, **further)


def _for_everybody(operation_id: str, summary: str, answer: Any, *, parameters: Collection[Any] = ()) -> Any:
    answered = {200: answer, 304: OpenApiResponse(None, "The answer at hand is still right.")}
    return _operation(operation_id, summary, answered, _OF_READING, parameters=[IF_NONE_MATCH, *parameters])


def describe() -> None:
    """Tells every view's operations to the generator of the document."""
    _describe_reading()
    _describe_writing()
    _describe_editing()


def _describe_reading() -> None:
    _describe(policy.ActivePolicy, get=_for_everybody("policy", "The policy in force", answers.Policy))
    _describe(
        counting.Counts,
        get=_for_everybody("counts", "Numbers of comments on articles", answers.Counted, parameters=[counting.CountsQuery]),
        post=_operation("long_counts", "Numbers of comments on many articles", {200: answers.Counted}, _OF_WRITING, request=counting.CountsRequest),
    )
    _describe(
        articles.OneArticle,
        get=_for_everybody("article", "One article", answers.OneArticle, parameters=[ARTICLE]),
        put=_operation(
            "put_article",
            "Make an article known, or change it",
            {200: answers.OneArticle, 201: OpenApiResponse(answers.OneArticle, "It is new.")},
            {*_OF_WRITING, 401, 403},
            callers=[KEY],
            parameters=[ARTICLE],
            request=articles.ArticleRequest,
        ),
    )
    _describe(
        feed.Feed,
        get=_operation(
            "feed",
            "Every change, in an order that can be followed",
            {200: answers.FeedPage},
            {400, 401, 403, 503},
            callers=[KEY],
            parameters=[feed.FeedQuery],
        ),
    )
    _describe(reading.Replies, get=_for_everybody("replies", "Replies to a comment", answers.ReplyPage, parameters=[asking.PageQuery]))


def _describe_writing() -> None:
    _describe(
        writing.ArticlesComments,
        get=_for_everybody("comments", "Published comments", answers.CommentPage, parameters=[ARTICLE, reading.CommentsQuery]),
        post=_operation(
            "submit",
            "Send a comment",
            {201: answers.Sent},
            {*_OF_WRITING, 401, 403, 409, 422, 429},
            callers=[ANYONE, TOKEN, KEY],
            parameters=[ARTICLE, IDEMPOTENCY_KEY, PROOF],
            request=writers_requests.SubmissionRequest,
        ),
    )
    _describe(
        writing.OneComment,
        get=_operation(
            "comment",
            "A comment, or its receipt",
            {200: answers.COMMENT_OR_RECEIPT, 304: OpenApiResponse(None, "The answer at hand is still right.")},
            _OF_READING,
            callers=[ANYONE, RECEIPT],
            parameters=[IF_NONE_MATCH],
        ),
    )
    _describe(
        writing.Revising,
        post=_operation(
            "revise",
            "Correct a comment, or send it as it is",
            {200: answers.Sent},
            {*_OF_WRITING, 401, 403, 409},
            callers=[RECEIPT],
            request=writers_requests.RevisionRequest,
        ),
    )
    _describe(
        writing.Withdrawing,
        post=_operation(
            "withdraw",
            "Take a comment back",
            {200: answers.Receipt},
            {*_OF_WRITING, 401, 403, 409},
            callers=[RECEIPT],
            request=writers_requests.NothingRequest,
        ),
    )
    _describe(
        writing.Appealing,
        post=_operation(
            "appeal",
            "Ask an editor to look at a refusal",
            {200: answers.Receipt},
            {*_OF_WRITING, 401, 403, 409},
            callers=[RECEIPT],
            request=writers_requests.AppealRequest,
        ),
    )
    _describe(
        reporting.Reporting,
        post=_operation(
            "report",
            "Tell the editors about a comment",
            {200: answers.Reported},
            {*_OF_WRITING, 401, 403, 429},
            callers=[ANYONE, TOKEN, KEY],
            parameters=[PROOF],
            request=writers_requests.ReportRequest,
        ),
    )
    _describe(challenging.Challenge, get=_operation("challenge", "A proof of work to be done", {200: answers.Challenge}, {503}))
    _describe(
        checking.Check,
        post=_operation(
            "check",
            "What the policy says of a text",
            {200: answers.Verdict},
            {*_OF_WRITING, 401, 429},
            callers=[ANYONE, TOKEN, KEY],
            request=writers_requests.CheckRequest,
        ),
    )


def _describe_editing() -> None:
    _describe(
        queue.Queue,
        get=_operation(
            "queue",
            "The editors' queue",
            {200: editors_answers.ItemPage},
            {*_OF_READING, 401, 403},
            callers=[SESSION, KEY],
            parameters=[queue.QueueQuery],
        ),
    )
    _describe(
        deciding.Decisions,
        post=_operation(
            "decide",
            "Decide on a comment",
            {201: editors_answers.Decided},
            {*_OF_WRITING, 401, 403, 409},
            callers=[SESSION_AND_TOKEN, KEY],
            request=deciding.DecisionRequest,
        ),
    )
