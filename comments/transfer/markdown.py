"""Plain text in Markdown, so that it looks there as it was written, and back. What a writer marked up in Markdown stays as he wrote it."""

import re

_MARKUP = re.compile(r"[\\`*_\[\]<>~^&]|(?<=\d)[.)](?=\s|$)", re.MULTILINE)
_AT_THE_BEGINNING = re.compile(r"^([ \t]*)([#+=-])", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def escaped(text: str) -> str:
    return _AT_THE_BEGINNING.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", text))


def unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
