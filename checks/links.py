"""Links and images in the Markdown of the root and of docs/ point at what exists: the file, and the heading in it. The web is not asked."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from checks.files import ROOT, ours, shown
from moderation.engine.text import lower
from moderation.engine.turkish.alphabet import plain

CODE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)[ \t]*$|`+[^`\n]+`+", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"\]\(\s*<?([^)<>\s]+)>?(?:\s+\"[^\"]*\")?\s*\)")
REFERENCE = re.compile(r"^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?\s*$", re.MULTILINE)
ATTRIBUTE = re.compile(r"<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
NAMED = re.compile(r"<[a-z]+\b[^>]*\b(?:id|name)=\"([^\"]+)\"")
LINK_TEXT = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


class Link(NamedTuple):
    line: int
    target: str


def links(document: str) -> Iterator[Link]:
    """Every target in a Markdown document, code left out."""
    prose = _without_code(document)
    for pattern in (INLINE, REFERENCE, ATTRIBUTE):
        for match in pattern.finditer(prose):
            yield Link(prose.count("\n", 0, match.start(1)) + 1, match[1])


def anchors(document: str) -> set[str]:
    """The names by which a link may point into a Markdown document: its headings as GitHub numbers them, and its ids."""
    found: set[str] = set()
    for heading in HEADING.findall(_without_fences(document)):
        slug, count = _slug(heading), 0
        while (numbered := f"{slug}-{count}" if count else slug) in found:
            count += 1
        found.add(numbered)
    return found | {_caseless(name) for name in NAMED.findall(_without_code(document))}


def broken(path: Path) -> Iterator[str]:
    """What a document points at that is not there."""
    for line, target in links(path.read_text()):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        aim = _aim(path, unquote(parts.path))
        if not _exists(aim):
            yield f"{shown(path)}:{line}: {target} is not there"
        elif parts.fragment and aim.suffix == ".md" and _caseless(unquote(parts.fragment)) not in anchors(aim.read_text()):
            yield f"{shown(path)}:{line}: {target} names no heading"


def _aim(path: Path, target: str) -> Path:
    if not target:
        return path
    return ROOT / target.lstrip("/") if target.startswith("/") else path.parent / target


def _exists(path: Path) -> bool:
    """Exactly so written: a file system that ignores case lets a link pass that is broken elsewhere."""
    path = path.resolve()
    return path == ROOT or (path.exists() and path.name in {neighbour.name for neighbour in path.parent.iterdir()})


def _slug(heading: str) -> str:
    words = LINK_TEXT.sub(r"\1", heading).replace("`", "")
    return re.sub(r"[^\w\- ]", "", _caseless(words)).replace(" ", "-")


def _caseless(string: str) -> str:
    """GitHub takes I for the capital of i, we do not; without its dot the letter is the same either way."""
    return plain(lower(string))


def _without_code(document: str) -> str:
    return CODE.sub(lambda code: "\n" * code[0].count("\n"), document)


def _without_fences(document: str) -> str:
    return CODE.sub(lambda code: "\n" * code[0].count("\n") if code["fence"] else code[0], document)


def main() -> int:
    found = [complaint for path in [*sorted(ROOT.glob("*.md")), *ours("*.md", "docs")] for complaint in broken(path)]
    for complaint in found:
        print(complaint)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
