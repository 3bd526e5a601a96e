"""Where an installation's settings come from: the environment, and beneath it the file .env beside manage.py.

Any setting may also be given as a file that holds it: SECRET_KEY_FILE=/run/secrets/key instead of SECRET_KEY.
"""

import os
from math import isfinite
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env, FileAwareEnv

BASE_DIR = Path(__file__).resolve().parent.parent

_KINDS = {bool: "true or false", int: "a whole number", float: "a number"}
_FALSE = ("0", "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N")
_TRUE = ("1", "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y")


class Environment(FileAwareEnv):  # type: ignore[misc]  # environ brings no types
    """A number or a switch that is given empty is not given.

    Raises ImproperlyConfigured, with the setting's name, for one that cannot be read and for a number below zero: no setting has a use for it.
    """

    def get_value(self, var: str, cast: Any = None, default: Any = Env.NOTSET, parse_default: bool = False) -> Any:  # noqa: FBT001, FBT002  (environ's)
        if cast in _KINDS and not self.ENVIRON.get(var, "").strip():
            return default
        try:
            value = super().get_value(var, cast, default, parse_default)
        except ValueError as error:
            raise ImproperlyConfigured(f"{var} is {self.ENVIRON[var]!r}; it must be {_KINDS[cast]}.") from error
        if cast in {int, float} and value < 0:
            raise ImproperlyConfigured(f"{var} is {self.ENVIRON[var]!r}; it must not be negative.")
        return value

    @classmethod
    def parse_value(cls, value: Any, cast: Any) -> Any:
        # What a setting takes from another one (DEBUG=$OTHER) has been parsed as that one's.
        if not isinstance(value, str):
            return value
        if cast is float:
            return _finite(value)
        if cast is bool:
            return _switch(value)
        return super().parse_value(value, cast)


def _finite(value: str) -> float:
    """environ's own reading passes over what is no digit: 5ms would be 5."""
    number = float(value)
    if not isfinite(number):
        raise ValueError(value)
    return number


def _switch(value: str) -> bool:
    if value.strip() not in _TRUE + _FALSE:
        raise ValueError(value)
    return value.strip() in _TRUE


env = Environment()
env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))

PROFILE: str = env.str("PROFILE", "local")
if PROFILE not in {"local", "production"}:
    raise ImproperlyConfigured(f"PROFILE is {PROFILE!r}; it can be 'local' or 'production'.")

PRODUCTION = PROFILE == "production"
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var"))).absolute()
