"""An editor's decision on a comment, made by a machine or a page of the publisher's own."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from comments.api import callers
from comments.api.callers import Caller, Server
from comments.api.fields import CharField, ChoiceField, IntegerField, ListField, Serializer
from comments.api.permissions import editor_with
from comments.api.representations import moment
from comments.api.views import EditorsView
from comments.deciding import NEEDING_REASONS, NOTE_MAX_LENGTH, TAKING_REASONS, Order, carry_out
from comments.lifecycle import Reasons
from comments.models import Comment
from comments.submission import readable
from moderation import versions
from moderation.engine.rule import Clause
from moderation.engine.text import normalise

DECIDE = "comments.decide_comment"
DECISIONS = ("approve", "reject", "request_correction", "remove", "escalate", "dismiss_reports", "deny_appeal", "undo")


class DecisionRequest(Serializer):
    """What a decision does not take must be left empty: nothing that is sent is dropped silently."""

    decision = ChoiceField(choices=DECISIONS)
    version = IntegerField(min_value=1, help_text="The version of the comment that the editor saw.")
    clauses = ListField(child=ChoiceField(choices=[clause.value for clause in Clause]), default=list, max_length=len(Clause))
    reasons = ListField(child=CharField(max_length=30), default=list, max_length=50, help_text="The policy's house reasons.")
    note = CharField(allow_blank=True, default="", max_length=NOTE_MAX_LENGTH, help_text="To the writer; of `escalate` to other editors alone.")
    body = CharField(required=False, help_text="Of `approve`: the text as the editor corrected it.")

    def validate_reasons(self, reasons: list[str]) -> list[str]:
        if unknown := set(reasons) - set(self.context["house_reasons"]):
            raise ValidationError(_("The policy has no such reason: %(reasons)s.") % {"reasons": ", ".join(sorted(unknown))}, "unknown")
        return reasons

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        decision = attrs["decision"]
        taken = {
            "clauses": decision in TAKING_REASONS,
            "reasons": decision in TAKING_REASONS,
            "note": decision != "undo",
            "body": decision == "approve",
        }
        if too_many := [name for name, is_taken in taken.items() if attrs.get(name) and not is_taken]:
            raise ValidationError(dict.fromkeys(too_many, _("This decision does not take this.")), "not_taken")
        if decision in NEEDING_REASONS and not (attrs["clauses"] or attrs["reasons"]):
            raise ValidationError({"clauses": _("Choose at least one clause, or one of the policy's house reasons.")}, "required")
        return attrs

    @property
    def order(self) -> Order:
        """Raises SubmissionRefused for a body that is no text."""
        given = self.validated_data
        reasons = Reasons(frozenset(Clause(clause) for clause in given["clauses"]), frozenset(given["reasons"]), normalise(given["note"]))
        body = readable(given["body"]) if "body" in given else ""
        return Order(given["decision"], given["version"], reasons, body)


class Decisions(EditorsView):
    """Decides, unless somebody was first."""

    def post(self, request: Request, public_id: UUID) -> Response:
        caller = callers.of(request)
        editor = editor_with(caller, DECIDE)
        comment = _find(public_id, caller)
        policy = versions.active(comment.article.site).policy
        read = DecisionRequest(data=request.data, context={"house_reasons": policy.house_reasons})
        read.is_valid(raise_exception=True)
        decision = carry_out(read.order, comment, editor, now=timezone.now())
        return Response({"status": decision.to_status, "version": decision.version, "decided_at": moment(decision.decided_at)}, status=201)


def _find(public_id: UUID, caller: Caller) -> Comment:
    comments = Comment.objects.select_related("article__site", "reader", "current_revision", "published_revision")
    if isinstance(caller, Server):
        comments = comments.filter(article__site=caller.key.site_id)
    found = comments.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
