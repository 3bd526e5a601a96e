"""What docs/api.md shows a developer, run as it stands there against a running service."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from comments.api import kinds
from tests.live_site import ROOT, LiveSite

Run = Callable[..., str]

GUIDE = (ROOT / "docs" / "api.md").read_text()
INTERPRETERS = {"sh": ["bash"], "python": [sys.executable, "-W", "error"], "js": ["node", "--input-type=module"]}


def example(section: str, language: str) -> str:
    """The block of code under a heading of the guide."""
    found = re.search(rf"^### {section}$.*?^```{language}\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    assert found, f"docs/api.md has no example under {section}"
    return found[1]


@pytest.fixture(scope="module")
def key(live_site: LiveSite) -> str:
    """As the guide's first command makes it."""
    [command] = re.findall(r"^python manage.py (api_key create .*)$", GUIDE, re.MULTILINE)
    return live_site.manage(*shlex.split(command)).strip()


@pytest.fixture
def run(live_site: LiveSite, key: str) -> Run:
    """Runs an example, and gives what it prints."""
    environment = {**live_site.environment, "MIZAN_URL": live_site.url, "MIZAN_KEY": key}

    def run(section: str, language: str, **variables: str) -> str:
        given = {**environment, **variables}
        done = subprocess.run(INTERPRETERS[language], input=example(section, language), env=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    return run


def waiting(live_site: LiveSite) -> int:
    """How many comments with the examples' text, corrected, wait for an editor."""
    question = "Comment.objects.filter(status='pending', current_revision__body='Herkes vapuru bekliyordu.').count()"
    return int(live_site.manage("shell", "--verbosity", "0", "--command", f"from comments.models import Comment; print({question})"))


@pytest.mark.parametrize(
    ("section", "language"),
    [
        pytest.param("curl", "sh", marks=pytest.mark.requires("curl")),
        ("Python", "python"),
        pytest.param("JavaScript", "js", marks=pytest.mark.requires("node")),
    ],
)
def test_an_example_sends_a_comment_and_corrects_it(live_site: LiveSite, run: Run, section: str, language: str) -> None:
    before = waiting(live_site)

    told = run(section, language)

    assert "pending" in told
    assert "vapur-seferleri" in told
    assert waiting(live_site) == before + 1


def test_the_follower_of_the_guide_has_what_is_public(live_site: LiveSite, run: Run) -> None:
    run("Python", "python")
    live_site.manage("sweep", "--once")
    key = live_site.manage("api_key", "create", "izleyici", "--scope", "read").strip()

    position, copied = run("A follower", "python", MIZAN_KEY=key).split()

    question = "Event.objects.filter(position__isnull=False).count(), Comment.objects.published().filter(decisions__event__position__gt=0).distinct().count()"
    known = live_site.manage("shell", "--verbosity", "0", "--command", f"from comments.models import Comment, Event; print(*({question}))")
    assert [position, copied] == known.split()
    assert int(position) >= 2


def test_the_guide_names_every_problem_that_a_caller_can_do_something_about() -> None:
    codes = {kind.code for kind in vars(kinds).values() if isinstance(kind, kinds.Kind)}

    assert codes - set(re.findall(r"`([a-z_]+)`", GUIDE)) == {"failed"}


def test_the_guide_s_problem_is_what_the_service_answers(live_site: LiveSite, run: Run) -> None:
    run("Python", "python")
    [shown] = re.findall(r"^```json\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    sent = json.dumps({"body": "Meydan çok güzel olmuş.", "author": {"name": ""}}).encode()

    with pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{live_site.url}/api/v1/articles/vapur-seferleri/comments/", sent, {"Content-Type": "application/json"}))

    with refused.value:
        assert json.load(refused.value) == json.loads(shown)
