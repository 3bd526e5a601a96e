"""«Türkçe karakter kullanılmayan»: words that are none until they get their Turkish letters back.

One such word in a long comment is a slip, and only advice; a share of them is what the clause means. Names and foreign words are no
evidence, and a word that is good Turkish either way (oldu, öldü) is only read anew among words that are not.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from moderation.engine.rule import Clause, Example, Fix, Grade, Match, Message, Rule
from moderation.engine.text import Record, Span, Text, Word, lower, upper
from moderation.engine.turkish.apostrophe import before
from moderation.engine.turkish.choice import ending
from moderation.engine.turkish.context import Context, context
from moderation.engine.turkish.deasciify import Keyboard, acronym, cased_as, keyboard, restored
from moderation.engine.turkish.harmony import dotted_or_not
from moderation.engine.turkish.language import is_turkish
from moderation.engine.turkish.prose import prose, prose_and_numbers

_QUESTION = re.compile(r"m[ıiuü](?:y[ıiuü][mz]|s[ıiuü]n(?:[ıiuü]z)?|yd[ıiuü]\w{0,3}|d[ıiuü]r)?")


class _Read(NamedTuple):
    """A word with what its letters say; what follows an apostrophe says nothing."""

    word: Word
    typed: str
    keyboard: Keyboard
    is_acronym: bool


def words_without_their_letters(text: Text, *, share: float, words: float) -> Iterator[Match]:
    """Stretches of words typed without Turkish letters; certain from that many `words` on, or from that `share` of the comment's."""
    if Keyboard.PLAIN not in [word.record[_keyboard] for word in text.view(prose)]:
        return
    read = _read(text)
    lacking = _lacking(read)
    if not lacking or not text.view(is_turkish):
        return
    grade = Grade.CERTAIN if lacking >= min(words, share * len(text.view(prose))) else Grade.SUSPECTED
    all_of_it = lacking > 1 or (grade is Grade.CERTAIN and all(each.keyboard is not Keyboard.TURKISH for each in read))
    words_read = [each.word for each in read]
    for turkish, group in groupby(enumerate(read), key=lambda each: each[1].keyboard is Keyboard.TURKISH):
        run = list(group)
        if not turkish and _lacking([each for _, each in run]):
            around = [(each, context(text, words_read, at, at)) for at, each in run]
            if changed := list(_changed(around, all_of_it=all_of_it)):
                yield _match(text, changed, grade)


def _read(text: Text) -> list[_Read]:
    """The words with what they say; a lone one in capitals is an acronym and says nothing."""
    acronyms = _lone_in_capitals(text.view(prose))
    return [
        _Read(word, before(word.written), Keyboard.EITHER if word.start in acronyms else word.record[_keyboard], word.start in acronyms)
        for word in text.view(prose_and_numbers)
    ]


def _lone_in_capitals(words: tuple[Word, ...]) -> set[int]:
    """Where words in capitals begin that have none beside them."""
    loud = [False, *(word.written != word.lower and upper(word.written) == word.written for word in words), False]
    alone = [at for at in range(1, len(loud) - 1) if loud[at] and not loud[at - 1] and not loud[at + 1]]
    return {words[at - 1].start for at in alone if len(before(words[at - 1].written)) > 1}


def _keyboard(word: Record) -> Keyboard:
    return keyboard(before(word.written))


def _lacking(read: list[_Read]) -> int:
    return sum(each.keyboard is Keyboard.PLAIN for each in read)


def _changed(run: list[tuple[_Read, Context]], *, all_of_it: bool) -> Iterator[tuple[Word, str]]:
    """The words of a run that change, and what they become: all that can, or only those that must."""
    previous = ""
    for read, around in run:
        whole = _whole(read, around, previous) if all_of_it or read.keyboard is Keyboard.PLAIN else read.word.written
        if whole != read.word.written:
            yield read.word, whole
        previous = lower(whole)


def _whole(read: _Read, around: Context, previous: str) -> str:
    """The word restored; an ending follows the name before its apostrophe, the question's «mi» the word before it."""
    if previous and _QUESTION.fullmatch(read.word.lower):
        return cased_as(read.word.written, dotted_or_not(previous, read.word.lower))
    stem = acronym(read.typed) if read.is_acronym else restored(read.typed, around)
    behind = read.word.written[len(read.typed) :]
    return stem + cased_as(behind, behind[:1] + ending(stem, lower(behind[1:])))


def _match(text: Text, changed: list[tuple[Word, str]], grade: Grade) -> Match:
    span = Span(changed[0][0].start, changed[-1][0].end)
    pieces, position = [], span.start
    for word, whole in changed:
        pieces += [text.string[position : word.start], whole]
        position = word.end
    return Match(span, grade, Fix(span, "".join(pieces)))


RULE = Rule(
    __name__,
    clause=Clause.TURKISH_CHARACTERS,
    check=words_without_their_letters,
    message=Message(tr="Türkçe karakterleri kullanın (ç, ğ, ı, ö, ş, ü).", en="Please use the Turkish letters (ç, ğ, ı, ö, ş, ü)."),
    thresholds={"share": 0.1, "words": 2},
    violations=(
        Example("Haberi okudum ama «hic begenmedim».", fixed="Haberi okudum ama hiç beğenmedim."),
        Example("«cok guzel bir yazi olmus elinize saglik»", fixed="çok güzel bir yazı olmuş elinize sağlık"),
        Example("«Bugun hava cok sicak, acik» havada oturmak istiyorum.", fixed="Bugün hava çok sıcak, açık havada oturmak istiyorum."),
        Example("«Turkiye'de sagliga» yeterince para ayrılmıyor.", fixed="Türkiye'de sağlığa yeterince para ayrılmıyor."),
        Example("Yazının tamamını okudum, eline sağlık, «cok» doğru.", fixed="Yazının tamamını okudum, eline sağlık, çok doğru."),
    ),
    acceptable=(
        "Ali top at dedi, Ayla da attı.",
        "Klasik müzik dinlerken internetten haber okurum.",
        "Dün New York Times'ta ve The Guardian'da haberi gördüm.",
        "Oldu olacak, bir de sorsaydın bari.",
        "/haber/yazi adresinden @okurtemsilcisi hesabına yazdım.",
        'The Guardian "not really worth reading" diye yazmış.',
    ),
)
