"""«Rencide edici cümleler veya imalar»: curses, threats, likening people to beasts and dirt, contempt for a group.

Such a sentence is rarely beyond doubt, so every finding is a suspicion and the editor judges it.
"""

from collections.abc import Iterator
from pathlib import Path

from moderation.engine.lexicon import Lexicon
from moderation.engine.rule import Clause, Example, Grade, Match, Message, Rule
from moderation.engine.text import Text

LEXICON = Lexicon.read(Path(__file__).with_suffix(".txt"))


def hurtful_phrases(text: Text) -> Iterator[Match]:
    """Phrases of the list, none of them more than suspected."""
    for match in LEXICON.matches(text):
        yield Match(match.span, Grade.SLIGHT if match.grade is Grade.SLIGHT else Grade.SUSPECTED)


RULE = Rule(
    __name__,
    clause=Clause.OFFENSIVE_ALLUSIONS,
    check=hurtful_phrases,
    message=Message(
        tr="Bu söz rencide edici olabilir; yorumunuzu kimseyi incitmeden yazın.",
        en="This may hurt people; please write your comment without offence.",
    ),
    violations=(
        Example("Karşımda «köpek gibi havlayıp» durma."),
        Example("«Allah senin belanı versin», başka bir şey demiyorum."),
        Example("Bunları «ipte sallandıracaksın» ki akıllansınlar."),
        Example("«Sonun Menderes gibi olacak», bekle."),
        Example("Sen «insan müsveddesisin»."),
    ),
    acceptable=(
        "Köpek gibi sadık bir dosttu, Allah rahmet eylesin.",
        "Allah kimseye böyle bela vermesin.",
        "Sallandığını hissettik, deprem çok uzun sürdü.",
        "Sonunda herkes gibi biz de mutlu olduk.",
        "İnsan hakları savunucusuydu.",
    ),
)
