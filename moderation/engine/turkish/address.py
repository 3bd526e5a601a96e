"""Whether a word is said to or of someone: «mal varlığı» is not, «tam bir mal» perhaps, «malsın», «mal mısın sen» and «ulan mal» surely."""

from bisect import bisect_left
from enum import IntEnum
from operator import attrgetter
from typing import NamedTuple

import regex

from moderation.engine.text import Span, Text
from moderation.engine.turkish.alphabet import plain
from moderation.engine.turkish.disguise import Reading

REACH = 4  # words between «sen» and what is said of it


def _words(line: str) -> frozenset[str]:
    """Words in plain letters, so that they are known however they were typed."""
    return frozenset(plain(line).split())


_BREAK = regex.compile(r"[.,!?;:…\n)(]")
_QUESTION = _words("mısın misin musun müsün mısınız misiniz musunuz müsünüz mıydın miydin mıydınız miydiniz")
_YOU_BEFORE = _words("sen siz seni sizi senin sizin ulan lan ey hey bre gidi")
_YOU_AFTER = _words("sen siz sensin sizsiniz seni sizi sana size ulan lan la lo be hepsi hepiniz bunlar onlar")
_BETWEEN = _words("tam bir nasıl ne de da gibi pis adi kadar böyle tek kelimeyle")
_THEY_BEFORE = _words(
    "bu şu o bir böyle tam bunlar onlar şunlar hepsi hepiniz hepimiz topunuz çoğu adam adamlar kadın herif herifler resmen gerçekten"
)
_NAMED_BEFORE = _words("gibi denen")
_SOMEONE_AFTER = _words("adam adamlar insan insanlar kadın kadınlar karı tip tipler şey şeyler")
_KIND_AFTER = tuple(_words("herif oğlu oğlan soyu kafalı evlad tipli suratlı zihniyetli"))
_YOU_ARE_ONE = _words(
    "adamsın adamsınız insansın insansınız kadınsın kadınsınız herifsin herifsiniz tipsin tipsiniz birisin birisiniz şeysin şeysiniz "
    "kişisin kişisiniz karısın karısınız sensin sizsin sizsiniz"
)
_REPORTED = _words(
    "diye diyen diyenler diyenin diyerek deyip der derler derse dersin desin deseler dedi dedim dedin dediler dedik dedikleri dediği dediğim dediğin "
    "demiş demişler demek deme demeyin denir denmez diyor diyorlar diyorsun diyorum diyip dendi denen demezdim kelimesi sözü lafı"
)
_DENIED = _words("değil değilim değilsin değildir değiliz değilsiniz değiller değildi değilmiş değilse yerine muamelesi")
_OF_ONESELF = _words("kendimi kendime kendimden içimdeki")
_CLOSING = _words("dır işte ya yaa aq amk")


class Aim(IntEnum):
    """How plainly a word is meant for someone."""

    NONE = 0
    PERHAPS = 1
    SURELY = 2


class Surroundings(NamedTuple):
    """What stands beside a word or phrase: plain letters of its neighbours, nearest first, up to the next break; `alone`: the text has no other word."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    alone: bool


def surroundings(text: Text, words: tuple[Reading, ...], span: Span) -> Surroundings:
    """What stands beside a stretch of the text, at most REACH words on each side; words inside it do not count."""
    at = bisect_left(words, span.start, key=attrgetter("start"))
    last = bisect_left(words, span.end, lo=at, key=attrgetter("start"))
    before, edge = list[str](), span.start
    for word in reversed(words[max(at - REACH, 0) : at]):
        if _BREAK.search(text.string, word.end, edge):
            break
        before.append(plain(word.letters))
        edge = word.start
    after, edge = list[str](), span.end
    for word in words[last : last + REACH]:
        if _BREAK.search(text.string, edge, word.start):
            break
        after.append(plain(word.letters))
        edge = word.end
    return Surroundings(tuple(before), tuple(after), alone=not at and last == len(words))


def is_only_mentioned(beside: Surroundings) -> bool:
    """Whether nobody is called so here: somebody else's word is told of («… dedi»), it is denied («… değil»), or said of oneself («kendimi …»)."""
    following, preceding = next(iter(beside.after), ""), next(iter(beside.before), "")
    return following in _REPORTED or following in _DENIED or preceding in _OF_ONESELF


def points_at_someone(beside: Surroundings, *, bare: bool, plural: bool) -> bool:
    """Whether a word that can only be said of people is said of some here: «bu …», «… herif», «…lar», or as the last word."""
    following, preceding = next(iter(beside.after), ""), next(iter(beside.before), "")
    points = preceding in _THEY_BEFORE | _YOU_BEFORE | _NAMED_BEFORE or following in _SOMEONE_AFTER or following.startswith(_KIND_AFTER)
    return points or plural or (bare and not following)


def aim(beside: Surroundings, *, bare: bool, second_person: bool) -> Aim:
    """What the surroundings of a word say of its aim; `bare`: it stands without endings."""
    following, preceding = next(iter(beside.after), ""), next(iter(beside.before), "")
    closes = not following or following in _CLOSING
    to_you = closes and next((word for word in beside.before if word not in _BETWEEN), "") in _YOU_BEFORE
    said_to_you = second_person or to_you or following in _QUESTION | _YOU_AFTER | _YOU_ARE_ONE
    if said_to_you or (bare and following.startswith(_KIND_AFTER)):
        return Aim.SURELY
    of_them = beside.alone or preceding in _THEY_BEFORE or beside.before[:2] == ("bir", "tam")
    if bare and (following in _SOMEONE_AFTER or (closes and of_them)):
        return Aim.PERHAPS
    return Aim.NONE
