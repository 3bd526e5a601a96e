"""Writes what a benchmark found between its markers in docs/benchmarks.md; what stands around them is left alone."""

import re
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_OPENING = """# Benchmarks

Measured on one machine in one run, each against something that everybody has, so that the ratios mean something elsewhere too. `make bench` measures
again and rewrites this page.
"""


def write(section: str, text: str) -> None:
    """In place of what the section said before, or behind everything else."""
    before = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else _OPENING
    begins, ends = f"<!-- {section} begins -->", f"<!-- {section} ends -->"
    written = f"{begins}\n{text.strip()}\n{ends}"
    place = re.compile(f"{re.escape(begins)}.*?{re.escape(ends)}", re.DOTALL)
    after = place.sub(lambda _: written, before) if place.search(before) else f"{before.rstrip()}\n\n{written}\n"
    DOCUMENT.write_text(after, encoding="utf-8")
