"""What the policy says of a text, before or without its being sent. Nothing is stored."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from comments import api_keys, limits
from comments.api import callers, finding, kinds
from comments.api.callers import Caller, Server
from comments.api.fields import read
from comments.api.problems import RETRY_AFTER_SECONDS, Problem
from comments.api.receipt import shown
from comments.api.views import WritersView
from comments.api.writers_requests import CheckRequest
from comments.api_keys import Scope
from comments.client_address import client_address, network
from comments.judging import judge
from comments.limits import Limit
from comments.projections import ShownFinding, for_editor, for_writer
from moderation.engine.rule import Outcome, Verdict


class Check(WritersView):
    """The verdict on a text."""

    def post(self, request: Request) -> Response:
        """A key with the scope moderate sees all of the verdict, anybody else what writers see, and as `outcome` the gravest of that."""
        caller, text = callers.of(request), read(CheckRequest, request.data)["text"]
        _limit(caller, request, now=timezone.now())
        verdict = judge(text, finding.site(caller)).verdict
        if verdict is None:
            detail = _("The text could not be checked just now. A comment would be stored all the same, and wait for an editor.")
            raise Problem(kinds.TRY_AGAIN, detail, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
        findings = _projected(verdict, caller)
        outcome = max((found.outcome for found in findings), default=Outcome.PASS)
        return Response({"outcome": outcome.word, **shown(verdict.text, findings)})


def _projected(verdict: Verdict, caller: Caller) -> tuple[ShownFinding, ...]:
    sees_all = isinstance(caller, Server) and Scope.MODERATE in api_keys.scopes(caller.key)
    return for_editor(verdict) if sees_all else for_writer(verdict)


def _limit(caller: Caller, request: Request, *, now: datetime) -> None:
    """By address first: whoever takes no cookie is a new guest each time. The site's servers ask as often as they need. Raises TooMany."""
    if isinstance(caller, Server):
        return
    limits.count(Limit("checks by address", settings.CHECK_LIMIT_PER_MINUTE_AND_ADDRESS), network(client_address(request)), now=now)
    limits.count(Limit("checks by guest", settings.CHECK_LIMIT_PER_MINUTE), caller.name, now=now)
