"""What is checked before the service starts, beyond Django's own checks: mistakes that would only show when a reader writes."""

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from project.databases import UNSUPPORTED
from project.environment import DATA_DIR, PRODUCTION

LONGEST_COMMENT = 20_000


@register()
def comment_length_is_sensible(**_: Any) -> list[CheckMessage]:
    if 1 <= settings.COMMENT_MAX_LENGTH <= LONGEST_COMMENT:
        return []
    hint = f"Choose a number of characters between 1 and {LONGEST_COMMENT}."
    return [Error(f"COMMENT_MAX_LENGTH is {settings.COMMENT_MAX_LENGTH}.", hint=hint, id="mizan.E001")]


@register()
def data_folder_is_writable(**_: Any) -> list[CheckMessage]:
    if os.access(DATA_DIR, os.W_OK | os.X_OK):
        return []
    return [Error(f"The service may not write in {DATA_DIR}.", hint="Give its user that folder, or name another in DATA_DIR.", id="mizan.E002")]


@register()
def database_is_supported(**_: Any) -> list[CheckMessage]:
    if settings.DATABASES["default"]["ENGINE"] != UNSUPPORTED:
        return []
    return [Error("DATABASE_URL names another database than SQLite or PostgreSQL.", hint="The service is made for these two.", id="mizan.E003")]


@register(Tags.security)
def redirect_to_https_can_end(**_: Any) -> list[CheckMessage]:
    """The web server speaks plain http, so without a trusted proxy no request ever counts as https."""
    if not settings.SECURE_SSL_REDIRECT or settings.TRUSTED_PROXY_COUNT > 0:
        return []
    hint = "Set TRUSTED_PROXY_COUNT to the number of your proxies, or SECURE_SSL_REDIRECT=false where the proxy redirects."
    return [Error("Every request would be redirected to https for ever.", hint=hint, id="mizan.E004")]


@register(Tags.staticfiles, deploy=True)
def static_files_are_collected(**_: Any) -> list[CheckMessage]:
    if not PRODUCTION or (settings.STATIC_ROOT / "staticfiles.json").exists():
        return []
    return [Error("Static files are not collected.", hint="Run: python manage.py collectstatic", id="mizan.E005")]
