"""Whether an article takes comments, and the plain words for why it does not: the whole title, its hours, the article, its time, its age."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.models import Article
from comments.models.articles import Closed

CLOSED = gettext_lazy("Comments on this article are closed.")


def told(article: Article, *, now: datetime) -> str | Promise:
    """Why no comment is accepted now; "" where one is."""
    match article.closed(now):
        case None:
            return ""
        case Closed.EVERYTHING:
            return _("Comments are closed on all articles at the moment. Please come back later.")
        case Closed.HOURS:
            return _("Comments are closed at this hour; they open again at %(time)s.") % {"time": time_format(article.site.closed_until or "", "H.i")}
        case Closed.TIME:
            closed_at = date_format(timezone.localtime(article.closes_at), "j F Y, H.i")
            return _("Comments on this article closed on %(time)s.") % {"time": closed_at}
        case Closed.AGE:
            days = article.site.closes_after_days
            return _("Articles take comments for %(days)d days; this one is older.") % {"days": days}
        case _article:
            return CLOSED
