"""The (!) under a published comment, for whoever reads it on the news site."""

from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from comments import lifecycle, reports
from comments.api import authors, callers, finding
from comments.api.fields import read
from comments.api.problems import invalid
from comments.api.representations import moment
from comments.api.views import WritersView
from comments.api.writers_requests import ReportRequest
from moderation.engine.text import normalise
from moderation.models import Site


class Reporting(WritersView):
    """Tells the editors about a comment."""

    def post(self, request: Request, public_id: UUID) -> Response:
        """One report counts for each reader: a repeated one changes nothing, and is answered with the first."""
        caller = callers.of(request)
        authors.may_write(caller)
        comment = finding.published_comment(public_id, caller)
        if comment is None:
            raise Http404
        sent = read(ReportRequest, request.data)
        authors.may_say(caller, sent)
        site = comment.article.site
        _check_reason(sent["reason"], site)
        authors.admit(request, caller, now=timezone.now())
        reporter = authors.reporter(caller, site, sent.get("author", {}))
        made = lifecycle.report(comment, reporter, reason=sent["reason"], text=normalise(sent["text"]), now=timezone.now())
        return Response({"comment": str(comment.public_id), "reason": made.reason, "reported_at": moment(made.created_at)})


def _check_reason(reason: str, site: Site) -> None:
    if reason not in reports.reasons(site):
        raise invalid("reason", "invalid_choice", _("This is neither a clause nor one of the policy's house reasons."))
