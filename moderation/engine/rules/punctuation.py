"""«imla kuralları ile yazılmamış»: commas, semicolons and full stops with a space before them or none behind; advice only."""

from collections.abc import Iterator

import regex

from moderation.engine.rule import Clause, Example, Fix, Grade, Match, Message, Rule
from moderation.engine.text import Span, Text
from moderation.engine.turkish.language import is_turkish
from moderation.engine.turkish.prose import addressed

_MISPLACED = regex.compile(r"(?<=\p{L}{2})(?:[ \t]+(?P<mark>[,.;])(?=\s|$|\p{L}{2})|(?P<mark>,)(?=\p{L}{2})|(?P<mark>\.)(?=\p{Lu}\p{Ll}))")


def misplaced(text: Text) -> Iterator[Match]:
    """Marks that stand away from their word, or touch the next one; there may be one in every comment, so none is more than suspected."""
    found = list(_MISPLACED.finditer(text.string))
    if not found or not text.view(is_turkish):
        return
    addresses = text.view(addressed)
    for mark in found:
        span = Span(*mark.span())
        if span.start not in addresses:
            behind = "" if text.string[span.end : span.end + 1] in ("", " ", "\t", "\n") else " "
            yield Match(span, Grade.SUSPECTED, Fix(span, mark["mark"] + behind))


RULE = Rule(
    __name__,
    clause=Clause.SPELLING,
    check=misplaced,
    message=Message(
        tr="Noktalama işaretini sözcüğe bitişik yazın, ardından boşluk bırakın.", en="Please put the mark next to its word, and a space behind."
    ),
    violations=(
        Example("Geldim« ,»gördüm« ,» yendim.", fixed="Geldim, gördüm, yendim."),
        Example("Haberi okudum«.»Çok beğendim.", fixed="Haberi okudum. Çok beğendim."),
    ),
    acceptable=("Bu hafta 15.000,50 lira ödedim... Yetmedi.", "Dr. A.Kaya ile T.C. Sağlık Bakanlığı açıkladı."),
)
