"""Every sentence that the program says in English has its Turkish, and what is compiled is what is written."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog

from checks.files import shown
from checks.messages import CATALOGUE, compiled, gather, stored, untranslated


def complaints(gathered: Catalog, path: Path = CATALOGUE) -> Iterator[str]:
    """What is wrong with the catalogue in `path`, held against the sentences gathered from the sources."""
    catalogue = stored(path)
    wanted, known = _keys(gathered), _keys(catalogue)
    yield from (f"not in the catalogue: {text!r}" for text, _ in sorted(wanted - known, key=str))
    yield from (f"no longer in the sources: {text!r}" for text, _ in sorted(known - wanted, key=str))
    yield from (f"obsolete: {text!r}" for text in catalogue.obsolete)
    yield from (f"not translated: {message.id!r}" for message in untranslated(catalogue))
    for message, errors in catalogue.check():
        yield from (f"{message.id!r}: {error}" for error in errors)
    compiled_file = path.with_suffix(".mo")
    if known and (not compiled_file.exists() or compiled_file.read_bytes() != compiled(catalogue)):
        yield f"{shown(compiled_file)} is not what {shown(path)} compiles to"


def _keys(catalogue: Catalog) -> set[tuple[str | tuple[str, ...], str | None]]:
    return {(message.id if isinstance(message.id, str) else tuple(message.id), message.context) for message in catalogue if message.id}


def main() -> int:
    found = list(complaints(gather()))
    for complaint in found:
        print(complaint)
    if found:
        print("`make messages` brings the catalogue up to date; the Turkish is then to be written.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
