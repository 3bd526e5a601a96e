"""What the engine is measured beside, each in a process of its own: `python -m benchmarks.peers NAME` judges the texts on standard input.

Texts come as a JSON list; back go `flags` (whether each is offensive), the `seconds` of processor time that they took, the first call's preparations
left out, and the `megabytes` of memory at most.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

Judge = Callable[[str], bool]

_LISTS = Path(__file__).resolve().parent.parent / "moderation" / "engine" / "rules"


def mizan() -> Judge:
    """Whether anything that offends is found and at least held, under the whole default policy."""
    from moderation.engine.review import review
    from moderation.engine.rule import OFFENCES, Outcome

    return lambda text: any(finding.outcome >= Outcome.HOLD and finding.clause in OFFENCES for finding in review(text).findings)


def plain_list() -> Judge:
    """Whether a word of the text stands in the lists."""
    from moderation.engine.text import lower

    words = _plain_words()
    return lambda text: not words.isdisjoint(lower(text).split())


def better_profanity() -> Judge:
    """The library with the same words."""
    from better_profanity import profanity

    profanity.load_censor_words(sorted(_plain_words()))
    return lambda text: bool(profanity.contains_profanity(text))


def terlik() -> Judge:
    """The library with its own Turkish words."""
    from terlik import Terlik

    library = Terlik()
    return lambda text: bool(library.contains_profanity(text))


SUBJECTS: Mapping[str, Callable[[], Judge]] = MappingProxyType(
    {"mizan": mizan, "plain word list": plain_list, "better-profanity": better_profanity, "terlik": terlik}
)


def _plain_words() -> frozenset[str]:
    """The single words of our lists of insults and swear words that offend wherever they stand."""
    from moderation.engine import word_list
    from moderation.engine.meanings import is_plain_offence

    entries = [entry for name in ("insults.txt", "swearing.txt") for entry in word_list.read(_LISTS / name)]
    return frozenset(entry.parts[0].stem for entry in entries if len(entry.parts) == 1 and is_plain_offence(entry))


def main(name: str) -> None:
    texts = json.load(sys.stdin)
    judge = SUBJECTS[name]()
    judge("Merhaba.")
    began = time.process_time()
    flags = [judge(text) for text in texts]
    took = time.process_time() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"flags": flags, "seconds": took, "megabytes": megabytes}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
