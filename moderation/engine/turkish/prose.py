"""The words of a comment that are meant as language: no addresses, no handles, no hashtags, nothing with a digit in it."""

import re

import regex

from moderation.engine.text import LONGEST, Text, Word

_MAYBE_ADDRESS = re.compile(r"[@#/\\_]|[^\s.]\.[^\s.]|www\.")
_CHUNK = re.compile(r"(?<!\S)[^\s@#/\\_.]*+[@#/\\_.]\S*")  # anything between spaces that holds a sign of an address
_ADDRESS = regex.compile(r"[@#\\_]|//|www\.|\w\.(?:com|net|org|gov|edu|info|tv|co|io|tr)\b|/\w+/|\w\.(?:html?|php|jpe?g|png|gif|mp[34]|pdf)\b")
_DIGIT = regex.compile(r"\p{N}")


def prose(text: Text) -> tuple[Word, ...]:
    """The words that rules of spelling apply to; ask for it as a view of the text."""
    return tuple([word for word in text.view(prose_and_numbers) if word.written.isalpha() or not _DIGIT.search(word.written)])


def prose_and_numbers(text: Text) -> tuple[Word, ...]:
    """The same with the words that hold digits, whose endings are language too (2011'in); ask for it as a view of the text."""
    words = text.view(outside_addresses)
    return words if len(text.string) <= LONGEST else tuple([word for word in words if word.end - word.start <= LONGEST])


def outside_addresses(text: Text) -> tuple[Word, ...]:
    """The words that are no part of a link, an e-mail address, a handle or a hashtag; ask for it as a view of the text."""
    addresses = text.view(addressed)
    return tuple([word for word in text.words if word.start not in addresses]) if addresses else text.words


def addressed(text: Text) -> frozenset[int]:
    """Every offset inside a link, an e-mail address, a handle or a hashtag; ask for it as a view of the text."""
    if not _MAYBE_ADDRESS.search(text.string):
        return frozenset()
    chunks = [chunk.span() for chunk in _CHUNK.finditer(text.string) if _ADDRESS.search(chunk[0])]
    return frozenset([offset for chunk in chunks for offset in range(*chunk)])
