"""The web server: how many processes, on which address, and that it does not start with a mistake in its settings.

A synchronous worker is the fastest on few cores, but a client that connects and says nothing holds it until the time-out; behind a
proxy, which speaks only when it has a whole request, that cannot happen. Without one, threads take such clients.
"""

import os
import sys
from io import TextIOWrapper
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from gunicorn.glogging import Logger

from project.environment import PRODUCTION, env
from project.logs import WithoutKeys, without_keys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

behind_a_proxy = env.int("TRUSTED_PROXY_COUNT", 0) > 0

wsgi_app = "project.wsgi"
bind = env.str("BIND", f"127.0.0.1:{env.int('PORT', 8000)}")
threads = env.int("WEB_THREADS", 1 if behind_a_proxy else 8)
worker_class = "sync" if threads == 1 else "gthread"
workers = env.int("WEB_PROCESSES", min(2 * (os.cpu_count() or 1), 8) if threads == 1 else 2)

timeout = 30
graceful_timeout = 30
keepalive = 5
# A new process takes two seconds of a core to begin: seldom enough not to be felt, often enough that nothing can pile up.
max_requests = 100_000
max_requests_jitter = 20_000

# Which headers of a proxy are believed is Django's to decide, by TRUSTED_PROXY_COUNT.
forwarded_allow_ips = ""
control_socket_disable = True
accesslog = "-" if env.bool("ACCESS_LOG", False) else None
# A line that cannot be written is printed by logging with all that was known of the request, its cookies too.
if isinstance(sys.stdout, TextIOWrapper):
    sys.stdout.reconfigure(errors="backslashreplace")


class Log(Logger):  # type: ignore[misc]  # gunicorn brings no types
    """What the web server tells of itself, and a line for each request, with no key in either."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(WithoutKeys(handler.formatter))

    def atoms(self, *told: Any) -> dict[str, Any]:
        return {name: without_keys(value) if isinstance(value, str) else value for name, value in super().atoms(*told).items()}


logger_class = Log


def on_starting(server: Any) -> None:
    """Refuses to start where Django's checks find an error; in production those for deployment are asked too."""
    import django  # noqa: PLC0415  (the settings are read here, when gunicorn can already log what is wrong with them)

    try:
        django.setup()
        call_command("check", deploy=PRODUCTION)
    except (CommandError, ImproperlyConfigured) as error:
        server.log.error("Not starting. %s", error)  # noqa: TRY400  (a traceback would hide the sentence)
        sys.exit(1)
