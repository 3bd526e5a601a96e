"""The two profiles: a local one that just starts, a production one that refuses what is unsafe."""

import re
import stat
import sys
from pathlib import Path

import pytest

from project.secret_key import weakness
from tests.live_site import ROOT
from tests.project.installation import GOOD_KEY, PRODUCTION, python, run

READ = re.compile(r"""\benv\.\w+\(\s*["']([A-Z_]+)["']""")
TOLD = re.compile(r"`([A-Z_]+)`")
SHOW_KEY = "from django.conf import settings; print(settings.SECRET_KEY)"


@pytest.mark.parametrize(
    ("setting", "value", "complaint"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is missing"),
        ("SECRET_KEY", "kisa", "SECRET_KEY is shorter than 50 characters"),
        ("SECRET_KEY", "abab" * 20, "SECRET_KEY has fewer than 5 different characters"),
        ("SECRET_KEY", f"django-insecure-{GOOD_KEY}", "SECRET_KEY holds 'django-insecure'"),
        ("SECRET_KEY_FALLBACKS", f"{GOOD_KEY},eski", "SECRET_KEY_FALLBACKS is shorter than 50 characters"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS must name the hosts"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name the hosts"),
        ("PROFILE", "staging", "PROFILE is 'staging'"),
    ],
)
def test_production_refuses(tmp_path: Path, setting: str, value: str, complaint: str) -> None:
    process = python("", tmp_path, **{**PRODUCTION, setting: value})

    assert process.returncode != 0
    assert f"ImproperlyConfigured: {complaint}" in process.stdout


@pytest.mark.parametrize(
    ("setting", "value", "complaint"),
    [
        ("COMMENT_MAX_LENGTH", "iki bin", "COMMENT_MAX_LENGTH is 'iki bin'; it must be a whole number."),
        ("SECOND_LOOK_SHARE", "az", "SECOND_LOOK_SHARE is 'az'; it must be a number."),
        ("ANSWERS_KEPT_SECONDS", "5ms", "ANSWERS_KEPT_SECONDS is '5ms'; it must be a number."),
        ("ANSWERS_KEPT_SECONDS", "1.2.3", "ANSWERS_KEPT_SECONDS is '1.2.3'; it must be a number."),
        ("ANSWERS_KEPT_SECONDS", "nan", "ANSWERS_KEPT_SECONDS is 'nan'; it must be a number."),
        ("ANSWERS_KEPT_SECONDS", "inf", "ANSWERS_KEPT_SECONDS is 'inf'; it must be a number."),
        ("SECURE_SSL_REDIRECT", "ture", "SECURE_SSL_REDIRECT is 'ture'; it must be true or false."),
        ("TARGETS_MAY_BE_PRIVATE", "2", "TARGETS_MAY_BE_PRIVATE is '2'; it must be true or false."),
        ("ANSWERS_KEPT_SECONDS", "-1", "ANSWERS_KEPT_SECONDS is '-1'; it must not be negative."),
        ("CLIENT_ADDRESSES_KEPT_DAYS", "-1", "CLIENT_ADDRESSES_KEPT_DAYS is '-1'; it must not be negative."),
    ],
)
def test_a_setting_that_cannot_be_read_is_told_by_its_name(tmp_path: Path, setting: str, value: str, complaint: str) -> None:
    process = python("", tmp_path, **{**PRODUCTION, setting: value})

    assert process.returncode != 0
    assert f"ImproperlyConfigured: {complaint}" in process.stdout


def test_a_number_or_a_switch_that_is_given_empty_is_not_given(tmp_path: Path) -> None:
    show = "from django.conf import settings; print(settings.COMMENT_MAX_LENGTH, settings.SECURE_SSL_REDIRECT)"

    process = python(show, tmp_path, **PRODUCTION, COMMENT_MAX_LENGTH="", SECURE_SSL_REDIRECT=" ")

    assert process.stdout == "2000 True\n"


def test_a_small_number_may_be_written_with_an_exponent(tmp_path: Path) -> None:
    process = python("from django.conf import settings; print(settings.ANSWERS_KEPT_SECONDS)", tmp_path, ANSWERS_KEPT_SECONDS="1e-3")

    assert process.stdout == "0.001\n"


def test_a_setting_may_refer_to_another_variable(tmp_path: Path) -> None:
    show = "from django.conf import settings; print(settings.DEBUG, settings.SECOND_LOOK_SHARE, settings.SECRET_KEY_FALLBACKS)"
    referring = {"DEBUG": "$SWITCH", "SECOND_LOOK_SHARE": "$SHARE", "SECRET_KEY_FALLBACKS": "$KEYS"}

    process = python(show, tmp_path, **referring, SWITCH="true", SHARE="0.5", KEYS="eski,daha-eski")

    assert process.stdout == "True 0.5 ['eski', 'daha-eski']\n"


@pytest.mark.parametrize(("written", "means"), [("on", True), ("True", True), ("1", True), ("off", False), ("False", False), ("0", False)])
def test_a_switch_is_written_as_one_likes(tmp_path: Path, written: str, means: bool) -> None:
    process = python("from django.conf import settings; print(settings.DEBUG)", tmp_path, DEBUG=written)

    assert process.stdout == f"{means}\n"


def test_production_starts_with_good_settings_and_django_finds_nothing_to_warn_of(tmp_path: Path) -> None:
    collected = run([sys.executable, "manage.py", "collectstatic", "--no-input"], tmp_path, **PRODUCTION)

    process = run([sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], tmp_path, **PRODUCTION)

    assert collected.returncode == 0
    assert process.returncode == 0, process.stdout


@pytest.mark.parametrize("url", ["mysql://mizan@127.0.0.1/mizan", "oracle://mizan@127.0.0.1/mizan"])
def test_a_database_that_the_service_is_not_made_for_is_told_in_plain_words(tmp_path: Path, url: str) -> None:
    process = run([sys.executable, "manage.py", "check"], tmp_path, DATABASE_URL=url)

    assert process.returncode != 0
    assert "mizan.E003" in process.stdout


def test_production_without_a_proxy_is_told_that_its_redirect_never_ends(tmp_path: Path) -> None:
    process = run([sys.executable, "manage.py", "check"], tmp_path, **{**PRODUCTION, "TRUSTED_PROXY_COUNT": "0"})

    assert process.returncode != 0
    assert "mizan.E004" in process.stdout


def test_production_never_shows_its_insides(tmp_path: Path) -> None:
    process = python("from django.conf import settings; print(settings.DEBUG)", tmp_path, **PRODUCTION, DEBUG="1")

    assert process.stdout == "False\n"


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{GOOD_KEY}\n")

    process = python(SHOW_KEY, tmp_path, **{**PRODUCTION, "SECRET_KEY": ""}, SECRET_KEY_FILE=str(file))

    assert process.stdout == f"{GOOD_KEY}\n"


def test_a_local_installation_makes_its_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    first, second = python(SHOW_KEY, tmp_path), python(SHOW_KEY, tmp_path)

    assert first.stdout == second.stdout
    assert weakness(first.stdout.strip()) is None
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("secret_key*")] == ["secret_key"]


def test_a_proxys_word_on_https_counts_only_where_proxies_are_trusted(tmp_path: Path) -> None:
    ask = "from django.test import RequestFactory as Factory; request = Factory(headers={'X-Forwarded-Proto': 'https'}).get('/'); print(request.is_secure())"

    trusted, untrusted = python(ask, tmp_path, TRUSTED_PROXY_COUNT="1"), python(ask, tmp_path, TRUSTED_PROXY_COUNT="0")

    assert (trusted.stdout, untrusted.stdout) == ("True\n", "False\n")


def test_an_env_file_gives_what_the_environment_does_not(tmp_path: Path) -> None:
    file = tmp_path / "settings"
    file.write_text("COMMENT_MAX_LENGTH=500\nTRUSTED_PROXY_COUNT=2\n")
    show = "from django.conf import settings; print(settings.COMMENT_MAX_LENGTH, settings.TRUSTED_PROXY_COUNT)"

    process = python(show, tmp_path, ENV_FILE=str(file), TRUSTED_PROXY_COUNT="1")

    assert process.stdout == "500 1\n"


def test_every_setting_that_is_read_is_told_in_the_operations_guide() -> None:
    read = {name for path in [*ROOT.glob("project/*.py"), ROOT / "gunicorn.conf.py"] for name in READ.findall(path.read_text())}
    told = set(TOLD.findall((ROOT / "docs" / "operations.md").read_text()))

    assert {"SECRET_KEY", "DATABASE_URL", "PORT"} <= read
    assert read <= told
