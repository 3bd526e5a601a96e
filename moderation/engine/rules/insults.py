"""«Hakaret»: a word that runs a person or a group down.

Words that are harmless of things and animals (a cheese, a beast, the news of treason) count only when they are said to or of someone. Where the
list leaves a doubt, the tone of the whole text may settle it: the word accuses, the learned score only says how it is meant.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from moderation.engine.lexicon import Lexicon
from moderation.engine.rule import Clause, Example, Grade, Match, Message, Rule
from moderation.engine.text import Text
from moderation.engine.tone import hostility
from moderation.engine.turkish.language import is_turkish

LEXICON = Lexicon.read(Path(__file__).with_suffix(".txt"))


def insulting_words(text: Text, *, certain: float) -> Iterator[Match]:
    """Insults with their endings, undisguised; a suspected one is certain where the whole text is as hostile as `certain`, between 0 and 1."""
    for match in LEXICON.matches(text):
        if match.grade is Grade.SUSPECTED and (heard := text.view(hostility)) >= certain and text.view(is_turkish):
            yield replace(match, grade=Grade.CERTAIN, score=round(heard, 3))
        else:
            yield match


RULE = Rule(
    __name__,
    clause=Clause.INSULTS,
    check=insulting_words,
    message=Message(
        tr="Bu ifade hakaret sayılır; görüşünüzü kimseyi aşağılamadan yazın.",
        en="This is an insult; please make your point without running anyone down.",
    ),
    violations=(
        Example("Gerçekten «salaksın», okumadan yazmışsın."),
        Example("Böyle bir «salağın» lafına inanılır mı?"),
        Example("Hepiniz «ŞEREFSİZSİNİZ», «PİSLİK» hepsi!"),
        Example("Siz «GERIZEKALI» mısınız?"),
        Example("Bu «geri zekâlılara» laf anlatılmaz."),
        Example("«s@l@k» mı bu adam?"),
        Example("Meğer hepsi «ş.e.r.e.f.s.i.z» çıktı."),
        Example("Kardeşim «mal» mısın, orada öyle yazmıyor ki."),
        Example("Ulan «öküz», sıranı bekle!"),
    ),
    acceptable=(
        "Adaylar mal bildiriminde bulundu, malları kayda geçti.",
        "Öküz arabasıyla taşınan tahıl müzede sergileniyor.",
        "Kaşarlı tost yedik, domuz çiftliği ise kapanmış.",
        "Kayıp köpek bulundu, itfaiye onu kuyudan çıkardı.",
        "Hain pusuyu kuranlar yakalandı.",
        "Normal bir zamanda Kemal Bey bu kararı almazdı.",
        "İtiraz hakkımız var, itibarımızla oynamayın.",
    ),
    thresholds={"certain": 0.82},
)
