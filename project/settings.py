"""Every setting of the service in one place; what the environment may change is told in docs/operations.md."""

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from project import broker, databases, secret_key
from project.environment import BASE_DIR, DATA_DIR, PRODUCTION, env

DATA_DIR.mkdir(parents=True, exist_ok=True)

# Who may be asked, and over what

DEBUG = not PRODUCTION and env.bool("DEBUG", False)
SECRET_KEY = secret_key.current()
SECRET_KEY_FALLBACKS = secret_key.earlier()

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts that this service answers to, separated by commas; '*' is not a name.")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# How many proxies of our own stand in front; with one or more, their word on http or https (X-Forwarded-Proto) is believed.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_SSL_REDIRECT = PRODUCTION and env.bool("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 12 * 60 * 60
X_FRAME_OPTIONS = "DENY"
# Preloading binds the publisher's whole domain, so it is not this service's to ask for.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Browsers on the news site's pages may call the API without cookies; from which origins, administrators say (comments.api.origins).
CORS_URLS_REGEX = r"^/api/v1/"
CORS_ALLOW_METHODS = ("GET", "POST")
CORS_ALLOW_HEADERS = ("accept-language", "authorization", "content-type", "idempotency-key", "if-none-match", "receipt")
CORS_EXPOSE_HEADERS = ("ETag", "Idempotent-Replayed", "Location", "Retry-After")

# What the service is made of

INSTALLED_APPS = [
    "comments.apps.CommentsConfig",
    "moderation.apps.ModerationConfig",
    "project.apps.ProjectConfig",
    "corsheaders",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # First, because a load balancer's probe knows neither our host name nor https.
    "project.health.answer_probes",
    # Answers what browsers ask before they ask; outside of what is remembered, because its headers differ from origin to origin.
    "corsheaders.middleware.CorsMiddleware",
    # Before all that the answers which it remembers have been through.
    "comments.api.remembering.remember",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Before anything that writes a sentence.
    "comments.reader.language.speak_the_chosen_language",
    # The API's own language, and before anything that reads a request.
    "comments.api.frame.surround",
    # Before anything that parses a form.
    "comments.reader.posted.read_forms_whole",
    "comments.guests.keep_guests",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "comments.reader.framing.let_be_framed",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

ROOT_URLCONF = "project.urls"
CSRF_FAILURE_VIEW = "comments.reader.errors.forged"
WSGI_APPLICATION = "project.wsgi.application"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]

# The API: strict JSON and nothing else, errors as problems, limits in the database

REST_FRAMEWORK = {
    "DEFAULT_PARSER_CLASSES": ["comments.api.parsing.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["comments.api.authentication.HeaderAuthentication", "comments.api.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "comments.api.problems.answer",
    "UNAUTHENTICATED_USER": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Mizan",
    "VERSION": "1",
    "DESCRIPTION": "Comments on a news site: written by its readers, held against its policy, decided on by its editors, read by its pages.",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENFORCE_NON_BLANK_FIELDS": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["comments.api.schema.finished"],
}

# Where things are kept

DATABASES = {"default": databases.configured(DATA_DIR / "mizan.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

COMMENT_MAX_LENGTH = env.int("COMMENT_MAX_LENGTH", 2000)
# Law 5651 wants them for one year at least and two at most; 0 keeps none.
CLIENT_ADDRESSES_KEPT_DAYS = env.int("CLIENT_ADDRESSES_KEPT_DAYS", 365)
# For how long a process goes by the API key and the policy version that it has looked up.
LOOKUPS_KEPT_SECONDS = env.float("LOOKUPS_KEPT_SECONDS", 1.0)
# For how long it goes by what it has just found out about an answer that it remembers: less than a decision takes.
ANSWERS_KEPT_SECONDS = env.float("ANSWERS_KEPT_SECONDS", 0.005)
CHECK_LIMIT_PER_MINUTE = env.int("CHECK_LIMIT_PER_MINUTE", 120)
CHECK_LIMIT_PER_MINUTE_AND_ADDRESS = env.int("CHECK_LIMIT_PER_MINUTE_AND_ADDRESS", 600)
# What one guest and one address may send in a minute before a proof of work is asked for, and from how many by all guests on it is a flood.
SEND_LIMIT_PER_MINUTE = env.int("SEND_LIMIT_PER_MINUTE", 60)
SEND_LIMIT_PER_MINUTE_AND_ADDRESS = env.int("SEND_LIMIT_PER_MINUTE_AND_ADDRESS", 120)
FLOOD_PER_MINUTE = env.int("FLOOD_PER_MINUTE", 600)
# After how many hours a comment that waits is shown as late, and as overdue.
DESK_LATE_AFTER_HOURS = env.int("DESK_LATE_AFTER_HOURS", 2)
DESK_OVERDUE_AFTER_HOURS = env.int("DESK_OVERDUE_AFTER_HOURS", 8)
# Of the editors' approvals and rejections, how many (0 to 1) another editor is shown again.
SECOND_LOOK_SHARE = env.float("SECOND_LOOK_SHARE", 0.02)
DEMO_EDITOR_PASSWORD = env.str("DEMO_EDITOR_PASSWORD", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# Languages and time: pages speak Turkish unless the reader chose English; the browser's header is not asked.

LANGUAGE_CODE = "tr"
LANGUAGES = [("tr", _("Turkish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Istanbul"
USE_TZ = True

# Work after a commit: messages are a bell, rows are the queue

SWEEP_SECONDS = 15
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "").strip() or "filesystem://localhost//"
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT = "project.file_system.Transport"
CELERY_BROKER_TRANSPORT_OPTIONS = broker.transport_options(CELERY_BROKER_URL, DATA_DIR / "broker")
CELERY_BROKER_CONNECTION_TIMEOUT = broker.PUBLISHER_SECONDS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# As many connections as threads that may publish at once: one that waits for another's has no limit.
CELERY_BROKER_POOL_LIMIT = max(10, env.int("WEB_THREADS", 0))
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 0}
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", "mizan")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
# A task that dies with its worker runs again, so every task may run twice.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("WORKER_PROCESSES", 2)
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# On a developer's machine a mail is printed with its links, which a line of the log would hide.
CELERY_WORKER_REDIRECT_STDOUTS = PRODUCTION
# A turn of mails and one of webhooks, and in each the last message, which may take its time.
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 75
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # A sweep that nobody took up before the next one is not worth having.
    "sweep": {"task": "comments.tasks.sweep", "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS}},
}

# Mail: shown in the log until EMAIL_URL names a server

vars().update(env.email_url_config(env.str("EMAIL_URL", "").strip() or "consolemail://"))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT_SECONDS", 10)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Mizan <yorum@localhost>")
# Where readers and editors find this service, for the links in mails.
_own_url = f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else f"http://127.0.0.1:{env.int('PORT', 8000)}"
PUBLIC_URL = (env.str("PUBLIC_URL", "").strip() or _own_url).rstrip("/")
ALERT_EMAILS = [address.strip() for address in env.list("ALERT_EMAILS", default=[])]
ALERT_AFTER_MINUTES = env.int("ALERT_AFTER_MINUTES", 120)

# Webhooks go to public addresses by https; on a trial's own network, and over plain http, only where this is set.
TARGETS_MAY_BE_PRIVATE = env.bool("TARGETS_MAY_BE_PRIVATE", False)

# What an operator watches at /metrics; in production nobody may without a token

METRICS_TOKEN = env.str("METRICS_TOKEN", "").strip()
METRICS_ARE_OPEN = not PRODUCTION and not METRICS_TOKEN

# Logs go to standard output and hold no reader's text

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "project.logs.Line", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Whoever scans the internet asks for any host name.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
