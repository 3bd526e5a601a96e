"""The worker as a process of its own, woken through the file-system broker."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings

from project.celery import app
from tests.live_site import ROOT, LiveSite

CELERY = str(Path(sys.executable).with_name("celery"))
AGE = "from comments.models import Comment; Comment.objects.filter(status='returned').update(status_since='2026-01-01T00:00Z')"
RING = "from comments.tasks import sweep; sweep.delay()"
COUNT = "from comments.models import Comment; print(Comment.objects.filter(status='returned').count())"


def test_the_schedule_names_tasks_that_exist() -> None:
    app.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_a_ring_wakes_the_worker_and_it_expires_what_is_due(live_site: LiveSite) -> None:
    live_site.manage("demo")
    live_site.manage("shell", "--verbosity", "0", "--command", AGE)
    live_site.manage("shell", "--verbosity", "0", "--command", RING)

    command = [CELERY, "--quiet", "--app", "project", "worker", "--pool", "solo", "--loglevel", "info"]
    with subprocess.Popen(command, cwd=ROOT, env=live_site.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as worker:
        assert worker.stdout
        # Other tests of this site have rung for deliveries, which come first.
        assert any("comments.tasks.sweep" in line and "succeeded" in line for line in worker.stdout)
        worker.kill()

    assert live_site.manage("shell", "--verbosity", "0", "--command", COUNT) == "0\n"
