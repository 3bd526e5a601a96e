"""The engine's messages in the language of the page."""

from django.utils.translation import get_language

from moderation.engine.policy import CLAUSES
from moderation.engine.rule import Clause, Language, Message


def language() -> Language:
    """The page's language, as far as the engine speaks it."""
    return "en" if (get_language() or "").startswith("en") else "tr"


def spoken(message: Message) -> str:
    return message.in_language(language())


def clause_name(clause: str) -> str:
    return spoken(CLAUSES[Clause(clause)].name)


def clause_reason(clause: str) -> str:
    """The sentence that a writer is given for a decision under this clause."""
    return spoken(CLAUSES[Clause(clause)].reason)
