"""Which words of a shouted sentence begin with a capital when it is calmed: Dünya Kupası, but bütün dünya; learnt from sentences."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from moderation.engine.text import Text, Word, lower
from moderation.engine.turkish import apostrophe, dictionary
from moderation.engine.turkish.formation import is_formed
from moderation.engine.turkish.weights import learnt


class Place(NamedTuple):
    """What stands around a word in its sentence: its neighbours in lower case, and whether the one before bears a capital of its own.

    `named_ahead` tells how many words on one bears an apostrophe, which only names do (Kültür Merkezi'nde): 1, 2, or 0 for neither.
    """

    before: str
    after: str
    behind_capital: bool
    named_ahead: int = 0


def ahead(text: Text, words: Sequence[Word]) -> tuple[str, int]:
    """The word behind the first of `words`, in lower case and without its ending, and how many words on a name's apostrophe is; see Place."""
    near = list[Word]()
    for one, other in pairwise(words):
        if not text.string[one.end : other.start].isspace():
            break
        near.append(other)
    named = next((at for at, word in enumerate(near, 1) if not word.written.isalnum()), 0)
    return (apostrophe.before(near[0].lower), named) if near else ("", 0)


def of_its_own(written: str, *, opens: bool) -> bool:
    """Whether a word bears a capital, and not only because it opens the sentence."""
    form = lower(written)
    return form != written and not (opens and (dictionary.is_word(form) or dictionary.name(form) is None))


def bears_capital(form: str, place: Place) -> bool:
    """Whether the lower-case form has a capital in that place inside a sentence."""
    return learnt("capitals").total(features(form, place)) > 0


def features(form: str, place: Place, *, seen: bool = True) -> Iterator[str]:
    """What may speak for a capital; `seen` is untrue while learning from the only sentence that the list of names has the form from."""
    before, after, behind_capital, named_ahead = place
    name, known = seen and dictionary.name(form) is not None, dictionary.is_word(form)
    mark = f"{name:d}{known:d}{behind_capital:d}"
    if not (name or known):
        yield f"?{is_formed(form):d}{behind_capital:d}"
        yield f"?{form[-2:]}"
        yield f"?{form[-3:]}"
    yield f"'{named_ahead}{mark}"
    yield f"'{named_ahead}{form}"
    yield f"'{named_ahead}{form[-3:]}"
    following = f"{dictionary.name(after) is not None:d}{dictionary.is_word(after):d}"
    yield mark
    yield f"{mark}>{following}"
    yield f"{mark}{form[-3:]}"
    yield f"{mark}{form[-2:]}>{after[-2:]}"
    yield form
    yield f"{form}^{behind_capital:d}"
    yield f"{form}>{following}"
    yield f"{before} {form}"
    yield f"{form} {after}"
    yield f"{before}~{name:d}{behind_capital:d}"
    yield f"{after}~{mark}"
    yield f"{form[:5]}~{after}"
    yield f"{form[:5]}^{behind_capital:d}>{following}"
    yield f"{before}~{form[-3:]}"
