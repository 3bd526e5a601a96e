"""A comment in another language, which the editors may not be able to judge: a house clause, and never the machine's to refuse.

One foreign word, a name, a link or a few signs prove nothing; comments typed without Turkish letters, or in slang, are Turkish.
"""

from collections.abc import Iterator

from moderation.engine.rule import Clause, Example, Grade, Match, Message, Rule
from moderation.engine.text import Span, Text
from moderation.engine.turkish.language import evidence, is_turkish
from moderation.engine.turkish.prose import prose


def in_another_language(text: Text, *, words: float, share: float) -> Iterator[Match]:
    """The whole comment, where small words of another language, or words in another script, are `words` many and `share` of it.

    One fewer will do where no word is Turkish and there are enough to tell.
    """
    seen = text.view(evidence)
    strange = seen.foreign + seen.another_script
    needed = words if seen.turkish or seen.words <= words else words - 1
    if strange >= needed and strange >= share * seen.words and not text.view(is_turkish):
        spoken = text.view(prose)
        yield Match(Span(spoken[0].start, spoken[-1].end), Grade.CERTAIN if seen.turkish * 2 <= strange else Grade.SUSPECTED)


RULE = Rule(
    __name__,
    clause=Clause.LANGUAGE,
    check=in_another_language,
    message=Message(tr="Yorumunuzu Türkçe yazın.", en="Please write your comment in Turkish."),
    thresholds={"words": 3, "share": 0.2},
    violations=(
        Example("«This is not what the people of this country want»."),
        Example("«Это неправильно, товарищи»!"),
        Example("«هذا خبر جيد»"),
        Example("«Ez ji te hez dikim û ji bo te dijîm»."),
        Example("«Das ist nicht wahr, und alle wissen es»."),
        Example("«Süper! I really love this article and what you have written about the city»."),
    ),
    acceptable=(
        "Love you Türkiye!",
        "Adele'in Hello şarkısı ile The Guardian'ın haberi aynı gün çıktı.",
        "Yaw he he, aynen öyle kanka ya.",
        "😀😀😀 👏",
        "#what_is_this_and_why",
        "Michael Jackson",
        "Привет kardeşim, nasılsın?",
        "Of the record konuştular ama haber doğru çıktı.",
    ),
)
