"""Where an installation's settings come from: the environment, and beneath it the file .env beside manage.py.

Any setting may also be given as a file that holds it: SECRET_KEY_FILE=/run/secrets/key instead of SECRET_KEY.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environ import FileAwareEnv

BASE_DIR = Path(__file__).resolve().parent.parent

env = FileAwareEnv()
env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))

PROFILE: str = env.str("PROFILE", "local")
if PROFILE not in {"local", "production"}:
    raise ImproperlyConfigured(f"PROFILE is {PROFILE!r}; it can be 'local' or 'production'.")

PRODUCTION = PROFILE == "production"
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var"))).absolute()
