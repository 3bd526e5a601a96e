"""An e-mail address, a telephone number or an account number: what should not stand under an article for everybody, its writer's own included.

A number counts as a telephone's only in the shapes that Turkish ones have; sums of money, dates and scores are none.
"""

import re
from collections.abc import Iterator

import regex

from moderation.engine.rule import Clause, Example, Match, Message, Rule
from moderation.engine.text import Span, Text

_EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}+@(?:[\w-]{1,63}+\.){1,5}[a-zA-Z]{2,15}(?!\w)"
# +90 or 0, an area or operator code (2xx, 3xx, 4xx, 5xx), then seven digits; parted by blanks, points, hyphens or brackets.
_TELEPHONE = r"(?<![\d.,])(?:(?:\+|00)90[ .-]?|0)[ ]?\(?[2-5]\d{2}\)?[ .-]?\d{3}[ .-]?\d{2}[ .-]?\d{2}(?![\d])"
_MOBILE = r"(?<![\d.,])5\d{2}[ -]\d{3}[ -]\d{2}[ -]\d{2}(?!\d)"
_ACCOUNT = r"(?<!\w)TR\d{2}(?:[ ]?\d){22}(?!\d)"
_HINT = re.compile(r"(?:\d\D{0,2}){9}\d|[^\s@]@\S")  # ten digits or an @ inside a word: none is without, and few comments hold either
_DETAIL = regex.compile(f"{_EMAIL}|{_TELEPHONE}|{_MOBILE}|{_ACCOUNT}")


def contact_details(text: Text) -> Iterator[Match]:
    if not _HINT.search(text.string):
        return
    for found in _DETAIL.finditer(text.string):
        yield Match(Span(*found.span()))


RULE = Rule(
    __name__,
    clause=Clause.CONTACT_DETAILS,
    check=contact_details,
    message=Message(
        tr="Yorumda telefon, e-posta ya da hesap numarası paylaşmayın.",
        en="Do not give telephone or account numbers or e-mail addresses in a comment.",
    ),
    violations=(
        Example("Beni arayın: «0532 123 45 67»."),
        Example("Numaram «+90 (532) 123-45-67», bekliyorum."),
        Example("«0212 555 00 11» ya da «ayse.k@example.com.tr» üzerinden ulaşın."),
        Example("Yardım için «TR33 0006 1005 1978 6457 8413 26» hesabı."),
        Example("«532 123 45 67»"),
    ),
    acceptable=(
        "Bütçe 1.250.000.000 lira, yıl 2026.",
        "Maç 05.12.2026 günü, sonuç 3-2.",
        "@belediye cevap versin.",
        "Yasa 5651 sayılı, madde 8.",
        "Barkod 8690504123456 diyor.",
    ),
)
