"""The publisher's policy as readers may know it: what is not accepted and what it is called, never what a rule looks for."""

from collections.abc import Mapping

from django.http import HttpResponse
from rest_framework.request import Request

from comments.api import finding
from comments.api.freshness import for_everybody
from comments.api.views import View
from moderation import versions
from moderation.engine.policy import CLAUSES, Policy
from moderation.engine.rule import Message


class ActivePolicy(View):
    """The policy version that judges now."""

    def get(self, request: Request) -> HttpResponse:
        return for_everybody(request, _document(versions.active(finding.site()).policy))


def _document(policy: Policy) -> dict[str, object]:
    return {
        "number": policy.number,
        "notice": _in_both(policy.notice),
        "clauses": [
            {"key": clause.value, "name": _in_both(text.name), "reason": _in_both(text.reason)}
            for clause, text in CLAUSES.items()
            if clause not in policy.off
        ],
        "house_reasons": [{"key": key, "name": _in_both(name)} for key, name in policy.house_reasons.items()],
    }


def _in_both(message: Message) -> Mapping[str, str]:
    return {"tr": message.tr, "en": message.en}
