"""«büyük harflerle yazılmış»: a run of shouted words.

Acronyms (TBMM), Roman numerals and a surname in capitals (Abdullah GÜL) are good Turkish, so one loud word is not a shout. Nor is the heading
that came along with a quoted passage.
"""

from collections.abc import Iterator

import regex

from moderation.engine.rule import Clause, Example, Fix, Match, Message, Rule
from moderation.engine.text import Record, Span, Text, Word, capitalise, lower, upper
from moderation.engine.turkish import dictionary
from moderation.engine.turkish.apostrophe import before
from moderation.engine.turkish.capital import Place, ahead, bears_capital, of_its_own
from moderation.engine.turkish.language import is_turkish
from moderation.engine.turkish.prose import outside_addresses

_ROMAN = regex.compile(r"(?=.)M*(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_HANGING_ON = frozenset({"de", "da", "ki", "mi", "mı", "mu", "mü"})
_ACRONYM = 4  # letters: an unknown word in capitals is taken for an acronym up to here
_LONGER = 2  # times: what follows a heading has more than so many of its words
_INITIAL = regex.compile(r"\.\p{L}\.|^\P{L}?\p{L}\.\p{L}")
_OPENED_SPEECH = regex.compile(r"[:,]\s*[\"“‘'«]$")
_CLOSED_SPEECH = regex.compile(r"[\"”’»]\s*$")
_SAYS = regex.compile(r"d[ei]\w+|ifade\w*|şeklinde\w*|söz(?:ü|ler)\w*|açıkla\w+|konuş\w+")


def shouted_runs(text: Text, *, words: float, share: float) -> Iterator[Match]:
    """Runs with at least `words` loud words, or with two that make `share` of the comment."""
    if sum([word.written != word.lower and word.record[_is_loud] for word in text.view(outside_addresses)]) < 2:
        return
    for run in _runs(text):
        loud = sum([word.record[_is_loud] for word in run])
        if loud >= 2 and loud >= min(words, share * text.view(_standing_alone)) and not _is_heading(text, run) and text.view(is_turkish):
            span = Span(run[0].start, run[-1].end)
            yield Match(span, fix=Fix(span, _in_sentence_case(text, run)))


def _standing_alone(text: Text) -> int:
    """How many words do not hang on the one before."""
    return sum([word.lower not in _HANGING_ON for word in text.words])


def _is_heading(text: Text, run: list[Word]) -> bool:
    """Whether the run opens the text, and a longer sentence of its own follows without a mark between: «SU KESİNTİSİ SÜRECEK Belediye dün …»."""
    if run[0].start != text.words[0].start:
        return False
    behind = [word for word in text.words if word.start > run[-1].start]
    if len(behind) <= _LONGER * len(run) or not text.string[run[-1].end : behind[0].start].isspace():
        return False
    first = behind[0].written
    return len(first) > 1 and first == capitalise(lower(first))


def _runs(text: Text) -> Iterator[list[Word]]:
    """Neighbouring words without a small letter, from the first capital to the last."""
    run: list[Word] = []
    for word in (*text.view(outside_addresses), None):
        if word and (word.written != word.lower or run) and upper(word.written) == word.written:
            run.append(word)
        elif run:
            yield run[: next(i for i in range(len(run), 0, -1) if run[i - 1].written != run[i - 1].lower)]
            run = []


def _is_loud(word: Record) -> bool:
    """Whether a word is in capitals and shouted, not an acronym, a numeral, a single letter or what hangs on the word before."""
    stem = before(word.written)
    return (
        upper(word.written) == word.written and len(stem) > 1 and lower(stem) != stem and lower(stem) not in _HANGING_ON and not _is_short_form(stem)
    )


def _is_short_form(stem: str) -> bool:
    """Whether the word is good in capitals: an acronym or a Roman numeral."""
    form = lower(stem)
    way = dictionary.name(form)
    if way is not None:
        return way == stem
    return not dictionary.is_word(form) and (len(stem) <= _ACRONYM or bool(_ROMAN.fullmatch(stem)))


def _in_sentence_case(text: Text, run: list[Word]) -> str:
    openings = text.view(_openings)
    pieces, position, before_it = [], run[0].start, Place("", "", behind_capital=False)
    for at, word in enumerate(run):
        between, opens = text.string[position : word.start], word.start in openings
        after, named_ahead = ahead(text, run[at : at + 3])
        place = (before_it if between.isspace() else Place("", "", behind_capital=False))._replace(after=after, named_ahead=named_ahead)
        quiet = word.written if _is_initial(text, word) else _quiet(word.written, place, opens=opens)
        pieces += [between, quiet]
        before_it, position = Place(lower(before(quiet)), "", of_its_own(before(quiet), opens=opens)), word.end
    return "".join(pieces)


def _is_initial(text: Text, word: Word) -> bool:
    """Whether a letter is one of an abbreviation with its stops (M.Ö., T.C.)."""
    around = text.string[max(0, word.start - 1) : word.end + 2]
    return word.end - word.start == 1 and bool(_INITIAL.search(around))


def _openings(text: Text) -> frozenset[int]:
    """Where words begin that open a sentence or quoted speech; what says who spoke goes on with the sentence."""
    words, opening = text.words, set[int]()
    sentences = iter(text.sentences)
    start = next(sentences).start
    for word in words:
        ahead = text.string[max(0, word.start - 4) : word.start]
        opens = start <= word.start
        while start <= word.start:
            start = next((sentence.start for sentence in sentences), len(text.string) + 1)
        if _OPENED_SPEECH.search(ahead) or (opens and not (_CLOSED_SPEECH.search(ahead) and _SAYS.fullmatch(word.lower))):
            opening.add(word.start)
    return frozenset(opening)


def _quiet(written: str, place: Place, *, opens: bool) -> str:
    """The word as it is written inside a sentence, or at its beginning."""
    stem = before(written)
    ending = lower(written[len(stem) :])
    form = lower(stem)
    way = dictionary.name(form)
    if len(stem) > 1 and (way == stem or (not way and not dictionary.is_word(form) and _ROMAN.fullmatch(stem))):
        return stem + ending
    if way and lower(way[1:]) != way[1:]:
        return way + ending  # iPhone, YouTube
    bears = ending or opens or (bears_capital(form, place) if dictionary.is_word(form) or len(stem) == 1 or not way else True)
    return (capitalise(form) if bears else form) + ending


RULE = Rule(
    __name__,
    clause=Clause.CAPITAL_LETTERS,
    check=shouted_runs,
    message=Message(tr="Yorumunuzu küçük harflerle yazın.", en="Please do not write in capital letters."),
    thresholds={"words": 3, "share": 0.6},
    violations=(
        Example("«ISPARTA'DA SU YOK ARTIK»!", fixed="Isparta'da su yok artık!"),
        Example("«BU NE BİÇİM HABER ARKADAŞLAR»", fixed="Bu ne biçim haber arkadaşlar"),
        Example("«TBMM BUGÜN TOPLANDI MI? KİMSE BİLMİYOR».", fixed="TBMM bugün toplandı mı? Kimse bilmiyor."),
        Example("Maç bitti, «HAKEM YİNE SAHNEDEYDİ», yazık.", fixed="Maç bitti, hakem yine sahnedeydi, yazık."),
        Example("«HARİKA HABER»!", fixed="Harika haber!"),
    ),
    acceptable=(
        "TBMM bugün toplandı.",
        "Abdullah GÜL konuştu.",
        "ABD, AB ve NATO zirvesinde anlaştı.",
        "Ben bunu ASLA kabul etmem.",
        "XIV. Louis döneminde, II. Dünya Savaşı'ndan çok önceydi.",
        "THY ile TCDD'nin bilet fiyatları aynı oldu.",
        "BRAVO!",
        "@OKUR @YAZAR @EDITOR bunu okudunuz mu?",
        "SU KESİNTİSİ SÜRECEK Belediye dün akşam yaptığı açıklamada arızanın hafta sonuna kadar giderileceğini duyurdu.",
    ),
)
