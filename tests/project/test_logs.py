"""What the logs hold, and what they do not."""

import http.client
import logging
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from project.logs import Line, without_keys
from tests.live_site import GUNICORN, ROOT, LiveSite, environment, free_port, wait_for

RECEIPT = f"/receipts/{uuid4().hex}.dGhlIHByb29mIG9mIG9uZSB3cml0ZXI"
MASKED = f"{RECEIPT.partition('.')[0]}...."


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (f"Not Found: {RECEIPT}/", f"Not Found: {MASKED}/"),
        (f'"POST /embed{RECEIPT}/withdraw/ HTTP/1.1"', f'"POST /embed{MASKED}/withdraw/ HTTP/1.1"'),
        ("Gone: /addresses/WyJzYWt-bGkiXQ:imza/", "Gone: /addresses/.../"),
        ("Gone: /addresses/stop/WyJzYWt-bGkiXQ:imza/", "Gone: /addresses/stop/.../"),
        (f'"GET /language/en/?next={quote(RECEIPT, safe="")}%2F HTTP/1.1"', f'"GET /language/en/?next={quote(MASKED, safe="")}%2F HTTP/1.1"'),
        ("/language/en/?next=%2faddresses%2fstop%2fWyJzYWt-bGkiXQ%3Aimza%2f&a=b", "/language/en/?next=%2faddresses%2fstop%2f...%2f&a=b"),
        ('"GET /embed/kopru/?language=en&reader=WyJzYWt-bGkiXQ%3Aimza HTTP/1.1"', '"GET /embed/kopru/?language=en&reader=... HTTP/1.1"'),
        ("/embed/kopru/?reader=WyJzYWt-bGkiXQ:imza&language=en", "/embed/kopru/?reader=...&language=en"),
        (f"Invalid HTTP request line: 'GET {RECEIPT}'", f"Invalid HTTP request line: 'GET {MASKED}'"),
        ("Not Found: /articles/tas-kopru-onarimi/", "Not Found: /articles/tas-kopru-onarimi/"),
    ],
)
def test_what_opens_a_receipt_confirms_an_address_or_tells_who_reads_stands_in_no_line(line: str, written: str) -> None:
    assert without_keys(line) == written


def test_a_running_service_writes_no_receipts_key_neither_as_an_error_nor_as_a_request(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    settings = {"PORT": str(port), "ACCESS_LOG": "1", "WEB_PROCESSES": "1", "PYTHONIOENCODING": "ascii"}
    site = LiveSite(f"http://127.0.0.1:{port}", environment(tmp_path, **settings))
    site.manage("migrate", "--verbosity", "0")
    site.manage("collectstatic", "--no-input", "--verbosity", "0")
    with log.open("wb") as output, subprocess.Popen([GUNICORN], cwd=ROOT, env=site.environment, stdout=output, stderr=output) as process:
        try:
            wait_for(f"{site.url}/readyz", process)
            caller = http.client.HTTPConnection(urlsplit(site.url).netloc)
            caller.request("GET", f"{RECEIPT}/", headers={"Referer": f"{site.url}{RECEIPT}/", "User-Agent": "tarayıcı".encode()})
            status = caller.getresponse().status
            caller.close()
            with socket.create_connection(("127.0.0.1", port)) as hasty:
                hasty.sendall(f"GET {RECEIPT}/\r\n\r\n".encode())
                hasty.recv(1000)
        finally:
            process.terminate()

    assert status == 404
    assert log.read_text().count(MASKED) == 4
    assert RECEIPT not in log.read_text()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("x" * 3_000_000, "application/x-www-form-urlencoded"),
        ("&".join(["alan=1"] * 1_200), "application/x-www-form-urlencoded"),
        ("--sınır--", "multipart/form-data"),
    ],
)
def test_what_somebody_sends_costs_a_line_and_no_page_of_traceback(body: str, content_type: str, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/admin/login/")

    response = client.post("/admin/login/", body, content_type=content_type)

    assert response.status_code in {400, 413}
    assert [record for record in caplog.records if record.exc_info]
    assert "Traceback" not in "".join(Line().format(record) for record in caplog.records)


def test_our_own_mistakes_are_written_with_their_traceback() -> None:
    try:
        next(iter(()))
    except StopIteration:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Internal Server Error", None, sys.exc_info())

    assert "StopIteration" in Line().format(record)
