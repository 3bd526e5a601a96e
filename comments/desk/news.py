"""What has happened since a page of the desk was made: how many came, how many wait in each lane, who looks at what.

A page asks every few seconds while it is looked at; where nothing has changed the answer is 304, and empty.
"""

import json
from datetime import datetime
from hashlib import sha256

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from comments import claims
from comments.desk.access import LOOK, editors_with
from comments.desk.places import Place, arrived, tabs
from comments.models import Claim


@require_safe
@editors_with(LOOK)
def news(request: HttpRequest, editor: User) -> HttpResponse:
    place, since = Place.read(request.GET), _since(request.GET.get("since", ""))
    number = arrived(place, since)
    told = ngettext("%(n)d new comment", "%(n)d new comments", number) % {"n": number} if number else ""
    lanes = {tab.key: tab.shown for tab in tabs(place)}
    body = json.dumps({"new": number, "told": told, "lanes": lanes, "holders": _holders(editor)})
    etag = f'"{sha256(body.encode()).hexdigest()[:32]}"'
    unchanged = request.headers.get("If-None-Match") == etag
    answer = HttpResponseNotModified() if unchanged else HttpResponse(body, content_type="application/json")
    answer["ETag"] = etag
    return answer


def _since(given: str) -> datetime:
    try:
        since = datetime.fromisoformat(given)
    except ValueError as error:
        raise Http404 from error
    if since.tzinfo is None:
        raise Http404
    return since


def _holders(editor: User) -> dict[str, str]:
    """Every comment that another editor looks at: as many as there are editors."""
    held = Claim.objects.filter(until__gt=timezone.now()).exclude(editor=editor).select_related("comment", "editor").order_by("pk")
    return {str(claim.comment.public_id): claims.name_of(claim.editor) for claim in held}
