"""«Küfür»: a word that is obscene whoever it is said to, or of which its writer has left one letter standing («s...»)."""

import re
from collections.abc import Iterator
from pathlib import Path

from moderation.engine.lexicon import Lexicon
from moderation.engine.rule import Clause, Example, Grade, Match, Message, Rule
from moderation.engine.text import Span, Text

LEXICON = Lexicon.read(Path(__file__).with_suffix(".txt"))

_BLOTS = ("..", "…", "**")
_BLOTTED = re.compile(r"(?<![\w.…*#@'’/-])[bgopsş](?:\.{2,}|…+|\*{2,})[a-zçğıöşü]{0,10}(?![\w*])")  # capitals are initials: «S.. T..»


def swear_words(text: Text) -> Iterator[Match]:
    """Swear words with their endings, undisguised; what is blotted out is only suspected to be one."""
    listed = tuple(LEXICON.matches(text))
    yield from listed
    if any(blot in text.string for blot in _BLOTS):
        spans = (Span(*found.span()) for found in _BLOTTED.finditer(text.string))
        yield from (Match(span, Grade.SUSPECTED) for span in spans if not any(span.overlaps(match.span) for match in listed))


RULE = Rule(
    __name__,
    clause=Clause.SWEARING,
    check=swear_words,
    message=Message(
        tr="Bu ifade küfür ya da kaba söz sayılır; yorumunuzu onsuz yazın.",
        en="This is swearing or coarse language; please write your comment without it.",
    ),
    violations=(
        Example("«Siktir git» buradan!"),
        Example("«S*ktirin» oradan, kimse sizi dinlemiyor."),
        Example("yeter artık «amk», bıktık bu işten"),
        Example("Bu «orospu çocuklarının» yaptığı yanlarına kalmasın."),
        Example("Böyle «boktan» yönetim görülmedi."),
        Example("Ne «yavşakmışsınız» siz be."),
        Example("Bu kadın tam bir «o…»"),
        Example("Şu «ş......zi» kim getirdi buraya?"),
    ),
    acceptable=(
        "Biz de SIK SIK uğruyoruz.",
        "SIKINTIMIZ ÇOK, çözüm yok.",
        "Çocukları klasik müzik konserine götürdük, zaman su gibi aktı.",
        "Şık bir elbise giymiş, ama çok sıkıldım.",
        "Osmanlı sikkeleri Göttingen'de sergileniyor.",
        "Küçük amcamın amacı cuma günü boks maçına gitmekti.",
        "Sivil toplum anlamına gelen bu kavram zamanla değişti.",
        "S.. T.. adlı şüpheli serbest kaldı; O... sonra ne oldu, de... diyemedim.",
    ),
)
