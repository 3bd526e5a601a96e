"""The worker's application: it finds every app's tasks, and waits for work longer than a publisher waits for the broker."""

import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_init, worker_process_init

from project.broker import for_workers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

app = Celery("mizan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
def wait_for_work_patiently(conf: Any, **_: Any) -> None:
    """Runs in a worker before it connects; web server, beat and commands keep the publisher's short limits."""
    conf.broker_transport_options = for_workers(conf.broker_url, conf.broker_transport_options)


@worker_process_init.connect
def leave_the_group(**_: Any) -> None:
    """A supervisor stops the worker by a signal to its whole group; only the worker itself may stop what runs its tasks."""
    os.setpgid(0, 0)
