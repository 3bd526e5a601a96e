"""A fresh process of the service with settings of its own, for what can only be seen when it starts."""

import subprocess
import sys
from pathlib import Path

from tests.live_site import ROOT, environment

GOOD_KEY = "Kx7Qm2vR9tLpW4zN8sYb3cFh6jDg1aUe5oTiVrXqMnBwPkCyZl"
PRODUCTION = {"PROFILE": "production", "SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "yorum.example.com", "TRUSTED_PROXY_COUNT": "1"}


def python(program: str, data: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Runs a program after Django has started under these settings."""
    return run([sys.executable, "-c", f"import django; django.setup()\n{program}"], data, **settings)


def run(command: list[str], data: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Runs a command in a fresh installation whose data folder is `data`; output and errors come together."""
    given = environment(data, DJANGO_SETTINGS_MODULE="project.settings", **settings)
    return subprocess.run(command, cwd=ROOT, env=given, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
