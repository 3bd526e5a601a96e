"""Articles, readers, comments with their revisions and reviews, the log of decisions and events, and what hangs on it."""

from comments.models.api_keys import ApiKey
from comments.models.articles import Article
from comments.models.bulk import BulkItem, BulkJob
from comments.models.clients import ClientAddress
from comments.models.comments import MILDEST, Comment, Objection, Review, Revision, Status
from comments.models.decisions import ActorKind, Decision, DecisionClause, Event, FeedHead, MoveName
from comments.models.deliveries import Delivery, StoppedAddress
from comments.models.desk import CannedNote, Claim, SavedView, Snapshot
from comments.models.embedding import Embedding
from comments.models.items import Appeal, Escalation, Report
from comments.models.leases import Leased
from comments.models.publications import Publication
from comments.models.readers import Reader
from comments.models.requests import AnsweredRequest, Count
from comments.models.sanctions import ReaderNote, Sanction
from comments.models.second_looks import SecondLook, SecondLookClause
from comments.models.sign_on import SignOn
from comments.models.traces import Trace
from comments.models.webhooks import WebhookEndpoint, WebhookMessage

__all__ = [
    "MILDEST",
    "ActorKind",
    "AnsweredRequest",
    "ApiKey",
    "Appeal",
    "Article",
    "BulkItem",
    "BulkJob",
    "CannedNote",
    "Claim",
    "ClientAddress",
    "Comment",
    "Count",
    "Decision",
    "DecisionClause",
    "Delivery",
    "Embedding",
    "Escalation",
    "Event",
    "FeedHead",
    "Leased",
    "MoveName",
    "Objection",
    "Publication",
    "Reader",
    "ReaderNote",
    "Report",
    "Review",
    "Revision",
    "Sanction",
    "SavedView",
    "SecondLook",
    "SecondLookClause",
    "SignOn",
    "Snapshot",
    "Status",
    "StoppedAddress",
    "Trace",
    "WebhookEndpoint",
    "WebhookMessage",
]
