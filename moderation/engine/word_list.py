"""Word lists as an editor writes them: a plain text file, one entry a line, no Python needed.

    # a comment or a heading
    salak                       a word, with any endings
    geri zekâlı                 a phrase, parted or joined; the last word takes endings, the others are as written
    geber-                      the stem of a verb; wherever it stands it takes endings
    köpek+ gibi                 with + a word inside a phrase takes endings too
    sonun … gibi ol-            … lets up to three words stand in between
    yürü git | form: fixed      as written, without endings
    mal | when: aimed           only where it is said to or of someone
    salak | sure: aimed         found everywhere, but certain only there
    amk | when: always          as certain where it is quoted, denied or said of oneself
    hain | grade: suspected     certain, suspected or slight; certain is understood
    şebek | not: şebeke         words that begin so are innocent
    kıt | twin: kit             innocent stems that look the same without Turkish letters
    bön | letters: exact        never read from its plain letters (bon)
    yy | letters: small         nor from capitals (YY)
    et- | softens               its last consonant softens where one would not expect it
    beyin | drops               its last vowel drops
    * | when: always            so are all entries below that do not say otherwise

Where several entries fit, the longest one speaks; so a longer phrase with `grade: slight` can clear what a shorter one suspects.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from moderation.engine.rule import Grade
from moderation.engine.text import fold
from moderation.engine.turkish.alphabet import LETTERS

GAP = "…"
ALL = "*"

_ALLOWED: Mapping[str, frozenset[str] | None] = MappingProxyType(
    {
        "form": frozenset({"fixed"}),
        "when": frozenset({"aimed", "always"}),
        "sure": frozenset({"aimed"}),
        "letters": frozenset({"exact", "small"}),
        "grade": frozenset(Grade),
        "not": None,
        "twin": None,
        "softens": frozenset({""}),
        "drops": frozenset({""}),
    }
)


class UnreadableWordList(ValueError):
    """A line that is no entry; the message gives file, line number and what is wrong."""


@dataclass(frozen=True, slots=True)
class Part:
    """One word of an entry: its stem, and how it may appear. `gap`: other words may stand before it."""

    stem: str
    verb: bool = False
    inflects: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One line of a word list; an entry equals only itself."""

    term: str
    parts: tuple[Part, ...]
    grade: Grade = Grade.CERTAIN
    aimed: bool = False
    always: bool = False
    sure_if_aimed: bool = False
    exact: bool = False
    small: bool = False
    softens: bool = False
    drops: bool = False
    innocent: tuple[str, ...] = ()
    twins: tuple[Part, ...] = ()


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of a file. Raises UnreadableWordList with file, line number and what is wrong."""
    return tuple(parse(path.read_text(encoding="utf-8"), source=path.name))


def parse(lines: str, *, source: str) -> Iterator[Entry]:
    """The entries of a list's text; `source` names it in errors."""
    seen: dict[str, int] = {}
    usual: dict[str, str] = {}
    for number, line in enumerate(lines.splitlines(), start=1):
        content = line.partition("#")[0].strip()
        if not content:
            continue
        try:
            term, properties = _term(content), _properties(content)
            if term == ALL:
                usual = properties
                continue
            entry = _entry(term, usual | properties)
        except ValueError as error:
            raise UnreadableWordList(f"{source}, line {number}: {error}") from error
        if entry.term in seen:
            raise UnreadableWordList(f"{source}, line {number}: {entry.term} stands on line {seen[entry.term]} already")
        seen[entry.term] = number
        yield entry


def _entry(term: str, properties: Mapping[str, str]) -> Entry:
    parts = tuple(_parts(term, fixed="form" in properties))
    return Entry(
        term,
        parts,
        grade=Grade(properties.get("grade", Grade.CERTAIN)),
        aimed=properties.get("when") == "aimed",
        always=properties.get("when") == "always",
        sure_if_aimed="sure" in properties,
        exact="letters" in properties,
        small=properties.get("letters") == "small",
        softens="softens" in properties,
        drops="drops" in properties,
        innocent=tuple(fold(word) for word in properties.get("not", "").split()),
        twins=tuple(part for word in properties.get("twin", "").split() for part in _parts(word, fixed=False)),
    )


def _term(content: str) -> str:
    return " ".join(content.partition("|")[0].split())


def _properties(content: str) -> dict[str, str]:
    return dict(map(_property, content.split("|")[1:]))


def _property(written: str) -> tuple[str, str]:
    name, _, value = (piece.strip() for piece in written.partition(":"))
    if name not in _ALLOWED:
        raise ValueError(f"no property is called {name!r}; there are {', '.join(_ALLOWED)}")
    allowed = _ALLOWED[name]
    if allowed is None and not value:
        raise ValueError(f"{name!r} wants a word after it")
    if allowed is not None and value not in allowed:
        raise ValueError(f"{name!r} may be {', '.join(sorted(allowed)) or 'written alone'}, not {value!r}")
    return name, value


def _parts(term: str, *, fixed: bool) -> Iterator[Part]:
    words = term.split()
    if not words or GAP in (words[0], words[-1]):
        raise ValueError("an entry begins and ends with a word")
    for at, word in enumerate(words):
        if word == GAP:
            continue
        stem = fold(word.rstrip("-+"))
        if not stem or set(stem) - {*LETTERS, "q", "w", "x"}:
            raise ValueError(f"{word!r} is not written in letters")
        inflects = word[-1] in "-+" or (at == len(words) - 1 and not fixed)
        yield Part(stem, verb=word.endswith("-"), inflects=inflects, gap=at > 0 and words[at - 1] == GAP)
