"""A link in a comment, for an editor to follow before readers do: a house clause.

An address begins with its scheme or "www.", or leads to a page of a known domain. Who only names a site (n11.com) gives no link; with the threshold
`names` at 1 a site's name counts too.
"""

import re
from collections.abc import Iterator

import regex

from moderation.engine.rule import Clause, Example, Match, Message, Rule
from moderation.engine.text import Span, Text, lower

_REST = r"[^\s<>\"“”]"
_LINK = regex.compile(
    rf"(?<![\w@.-])(?:"
    rf"[hH][tT][tT][pP][sS]?://{_REST}++"
    rf"|[wW][wW][wW]\.[\w-]++\.{_REST}++"
    rf"|(?:[a-z0-9-]++\.){{1,4}}(?:com|net|org|info|biz|xyz|io)(?:\.tr)?(?P<page>/{_REST}++)?(?![\w@])"
    rf")"
)
_HINT = re.compile(r"://|\.[^\s.]")  # none is without, and few comments hold either
_ITS_OWN = ("http", "www")
_AFTER_IT = ".,;:!?)]}'’…»"


def links(text: Text, *, names: float) -> Iterator[Match]:
    if not _HINT.search(text.string):
        return
    for found in _LINK.finditer(text.string):
        link = found[0].rstrip(_AFTER_IT)
        if names or found["page"] or lower(link).startswith(_ITS_OWN):
            yield Match(Span(found.start(), found.start() + len(link)))


RULE = Rule(
    __name__,
    clause=Clause.LINKS,
    check=links,
    message=Message(tr="Bağlantıya bir editör bakacak.", en="An editor will look at the link."),
    thresholds={"names": 0},
    violations=(
        Example("Ayrıntısı «https://example.com/haber?id=5», okuyun."),
        Example("Herkes «www.ornek-site.com.tr/kampanya» adresine baksın."),
        Example("Kazananlar («bonus.example.xyz/kayit») orada."),
        Example("«HTTP://EXAMPLE.COM» çok iyi."),
    ),
    acceptable=(
        "Maaşlar 3.5 kat arttı.",
        "T.C. vatandaşıyım.",
        "Örneğin example.com yazıyor.",
        "Belediyenin internet sitesinde yazıyor.",
        "@belediye cevap versin.",
    ),
)
