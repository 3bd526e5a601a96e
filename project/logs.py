"""What is written to the logs, of which copies go to many hands: no address in them may be a key."""

import logging
import re

# A receipt's address keeps the comment's id, by which it is found; the rest proves that one may see and withdraw it. Inside another address, as in
# the link to the other language, an address stands percent-encoded.
_KEYS = re.compile(
    r"""
    ( (?:/|%2[Ff]) (?:receipts|addresses(?:(?:/|%2[Ff])stop)?) (?:/|%2[Ff])+ (?:[0-9a-f]{32}\.)?
    | (?:\b|%3[Ff]|%26) reader (?:=|%3[Dd]) )
    (?: (?!%2[Ff]|%26) [^/&?"'\s] )+
    """,
    re.VERBOSE,
)


def without_keys(line: str) -> str:
    """The line with three dots, which every encoding has, where an address holds what only its owner may know."""
    return _KEYS.sub(r"\1...", line)


class WithoutKeys(logging.Formatter):
    """Another formatter's lines, with no key in them."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self._formatter = formatter

    def format(self, record: logging.LogRecord) -> str:
        return without_keys(self._formatter.format(record))


class Line(logging.Formatter):
    """A line of the service's own logs; with a traceback for our mistakes, without one for what somebody sent wrongly."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name.startswith("django.security.") or (record.name == "django.request" and record.levelno < logging.ERROR):
            record = logging.makeLogRecord({**vars(record), "exc_info": None, "exc_text": None})
        return without_keys(super().format(record))
