"""What is written to the logs, of which copies go to many hands: no address in them may be a key."""

import logging
import re

# A receipt's address keeps the comment's id, by which it is found; the rest proves that one may see and withdraw it.
_KEYS = re.compile(r"(/(?:receipts|addresses(?:/stop)?)/(?:[0-9a-f]{32}\.)?)[^/\s\"?]+")


def without_keys(line: str) -> str:
    """The line with … where an address holds what only its owner may know."""
    return _KEYS.sub(r"\1…", line)


class Line(logging.Formatter):
    """A line of the service's own logs; with a traceback for our mistakes, without one for what somebody sent wrongly."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name.startswith("django.security.") or (record.name == "django.request" and record.levelno < logging.ERROR):
            record = logging.makeLogRecord({**vars(record), "exc_info": None, "exc_text": None})
        return without_keys(super().format(record))
