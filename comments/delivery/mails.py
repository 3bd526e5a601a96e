"""The mails, in plain text. None holds what a reader wrote or an editor's name, and one sent twice after a crash is known by its Message-ID."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from comments import embedding, receipts
from comments.delivery import addresses, overdue
from comments.explanation import explain
from comments.judging import verdict_of
from comments.lifecycle.moves import DENY_APPEAL
from comments.models import Comment, Decision, Delivery, Reader, Status
from comments.reader.article import permalink


def mail(delivery: Delivery, *, now: datetime) -> EmailMessage:
    """Worded in the article's language; an alert in the service's own."""
    decision = delivery.event.decision
    match delivery.kind:
        case Delivery.Kind.CONFIRMATION:
            with translation.override(_language(decision.comment)):
                made = _confirmation(decision.comment, now)
        case Delivery.Kind.WRITER:
            with translation.override(_language(decision.comment)):
                made = _news(decision)
        case _:
            with translation.override(settings.LANGUAGE_CODE):
                made = _alert(now)
    made.extra_headers |= {"Message-ID": message_id(delivery), "Auto-Submitted": "auto-generated"}
    return made


def message_id(delivery: Delivery) -> str:
    """The same however often the delivery is tried."""
    return f"<{delivery.event.public_id}.{delivery.kind}@{urlsplit(settings.PUBLIC_URL).hostname}>"


def _confirmation(comment: Comment, now: datetime) -> EmailMessage:
    """Whoever owns the address may never have heard of us, so nothing in it is a stranger's choice of words."""
    reader = comment.reader
    link = settings.PUBLIC_URL + reverse("addresses:confirm", args=[addresses.token_for(reader, now=now)])
    return _to_reader(
        reader, gettext("Please confirm your e-mail address"), "confirmation", {"comment": comment, "link": link, "days": addresses.LIFETIME.days}
    )


def _news(decision: Decision) -> EmailMessage:
    comment = decision.comment
    link = settings.PUBLIC_URL + reverse("reader:receipt", args=[receipts.token_for(comment)])
    explanation = explain(comment, verdict_of(decision.revision.review))
    note = decision.note if decision.move == DENY_APPEAL.name else explanation.note
    told = {"comment": comment, "decision": decision, "explanation": explanation, "note": note, "link": link, "place": _place(comment)}
    return _to_reader(comment.reader, _headline(decision), "writer", told)


def _to_reader(reader: Reader, subject: str, name: str, told: dict[str, Any]) -> EmailMessage:
    """With the way to stop such mails: a link, and headers from which mail programs make a button of their own (RFC 2369, RFC 8058)."""
    stopping = settings.PUBLIC_URL + reverse("addresses:stop", args=[addresses.stopping_token_for(reader.email)])
    headers = {"List-Unsubscribe": f"<{stopping}>"}
    if stopping.startswith("https:"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(subject, _written(name, {**told, "stopping": stopping}), to=[reader.email], headers=headers)


def _place(comment: Comment) -> str:
    """Where a published comment is read: on the news site's page if that shows it, else on ours."""
    return embedding.place(comment) or settings.PUBLIC_URL + permalink(comment)


def _headline(decision: Decision) -> str:
    """Where the comment stands, in the words of its receipt."""
    if decision.move == DENY_APPEAL.name:
        return gettext("Your appeal was denied")
    return {
        Status.PENDING: gettext("Your comment is with the editors"),
        Status.RETURNED: gettext("An editor asks you for a correction"),
        Status.APPROVED: gettext("Your comment is published"),
        Status.REJECTED: gettext("Your comment was not published"),
        Status.REMOVED: gettext("Your comment was removed"),
        Status.EXPIRED: gettext("Your comment has expired"),
    }[Status(decision.to_status)]


def _alert(now: datetime) -> EmailMessage:
    waiting = overdue.comments(now)
    number = waiting.count()
    subject = ngettext("%(number)d comment has been waiting too long", "%(number)d comments have been waiting too long", number)
    oldest = waiting.order_by("status_since").values_list("status_since", flat=True).first()
    given_up = Delivery.objects.filter(state=Delivery.State.DEAD).count()
    context = {"number": number, "minutes": settings.ALERT_AFTER_MINUTES, "oldest": oldest, "given_up": given_up}
    links = {"desk": settings.PUBLIC_URL + reverse("desk:queue"), "deliveries": settings.PUBLIC_URL + reverse("admin:comments_delivery_changelist")}
    return EmailMessage(subject % {"number": number}, _written("editors", context | links), to=settings.ALERT_EMAILS)


def _written(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"mail/{name}.txt", context).strip() + "\n"


def _language(comment: Comment) -> str:
    language = comment.article.language
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
