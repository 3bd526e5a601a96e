"""«Küfür»: a word that is obscene whoever it is said to."""

from collections.abc import Iterator
from pathlib import Path

from moderation.engine.lexicon import Lexicon
from moderation.engine.rule import Clause, Example, Match, Message, Rule
from moderation.engine.text import Text

LEXICON = Lexicon.read(Path(__file__).with_suffix(".txt"))


def swear_words(text: Text) -> Iterator[Match]:
    """Swear words with their endings, undisguised."""
    return LEXICON.matches(text)


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
    ),
    acceptable=(
        "Biz de SIK SIK uğruyoruz.",
        "SIKINTIMIZ ÇOK, çözüm yok.",
        "Çocukları klasik müzik konserine götürdük, zaman su gibi aktı.",
        "Şık bir elbise giymiş, ama çok sıkıldım.",
        "Osmanlı sikkeleri Göttingen'de sergileniyor.",
        "Küçük amcamın amacı cuma günü boks maçına gitmekti.",
        "Sivil toplum anlamına gelen bu kavram zamanla değişti.",
    ),
)
