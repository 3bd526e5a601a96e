"""Gathers every sentence that is to be translated, from Python and templates, into the Turkish catalogue, and compiles it.

Babel reads Python, Django itself turns its templates into something that Babel reads; the system's gettext is not needed.
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from checks.files import ROOT, ours, shown

LANGUAGE = "tr"
SOURCES = ("project", "moderation", "comments")
CATALOGUE = ROOT / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
HEADER = "# What Mizan says, in Turkish."
WIDTH = 150

_SINGLE, _PLURAL, _CONTEXT, _CONTEXT_PLURAL = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), _SINGLE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), _CONTEXT_PLURAL),
}


class Sentence(NamedTuple):
    """Something to translate: an English string, or a pair of singular and plural."""

    text: str | tuple[str, ...]
    context: str | None
    comments: tuple[str, ...]


def in_python(source: str) -> Iterator[Sentence]:
    for _, text, comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS, ("Translators:",)):
        yield Sentence(text, context, tuple(comments))


def in_template(source: str) -> Iterator[Sentence]:
    """What Django leaves of a template is calls between X's; indentation means nothing in it, but would to Babel."""
    yield from in_python("\n".join(line.strip() for line in templatize(source).splitlines()))


def gather() -> Catalog:
    """A catalogue without translations: every sentence of the sources, with the files that say it."""
    catalogue = Catalog(locale=LANGUAGE, charset="utf-8")
    for pattern, read in (("*.py", in_python), ("*.html", in_template), ("*.txt", in_template)):
        for path in ours(pattern, *SOURCES):
            if pattern == "*.py" or "templates" in path.parts:
                _add(catalogue, shown(path), read(path.read_text()))
    return catalogue


def _add(catalogue: Catalog, path: str, sentences: Iterable[Sentence]) -> None:
    for text, context, comments in sentences:
        catalogue.add(text, context=context, auto_comments=comments, locations=[(path, 0)])


def stored(path: Path = CATALOGUE) -> Catalog:
    """The catalogue as translated so far; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(LANGUAGE, header_comment=HEADER, project="Mizan", version="1", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as Django reads it."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def update(catalogue: Catalog, gathered: Catalog) -> bytes:
    """Brings a stored catalogue up to date, and returns its text: new sentences without translation, old ones gone."""
    catalogue.update(gathered, no_fuzzy_matching=True, update_creation_date=False)
    file = io.BytesIO()
    write_po(file, catalogue, width=WIDTH, include_lineno=False, ignore_obsolete=True, sort_output=True)
    return file.getvalue()


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """The messages that Turkish readers would get in English; a plural needs all its forms."""
    for message in catalogue:
        strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            yield message


def main() -> None:
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(update(stored(), gather()))
    catalogue = stored()
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(catalogue))
    print(f"{shown(CATALOGUE)}: {len(catalogue)} messages")
    for message in untranslated(catalogue):
        print(f"to be translated: {message.id!r}")


if __name__ == "__main__":
    main()
