"""What an editor looks for among comments: a clause under which the policy found something, the rule that found it, words of the text."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.sql.compiler import SQLCompiler

from moderation.engine.rule import Clause
from moderation.engine.text import fold


class _Found(Func):
    """Whether one of the findings, given first, is more than advice, and says the second argument under the name `said_as`."""

    output_field = BooleanField()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *args: Any, **options: Any) -> tuple[str, Any]:
        named = self.extra["said_as"]
        template = "EXISTS (SELECT 1 FROM jsonb_array_elements(%(expressions)s))"
        joiner = f") AS finding(value) WHERE finding.value ->> 'outcome' <> 'pass' AND finding.value ->> '{named}' = ("
        return super().as_sql(compiler, connection, *args, **{"template": template, "arg_joiner": joiner, **options})

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **options: Any) -> tuple[str, Any]:
        template = "EXISTS (SELECT 1 FROM json_each(%(expressions)s))"
        joiner = (
            f") AS finding WHERE json_extract(finding.value, '$.outcome') <> 'pass' AND json_extract(finding.value, '$.{self.extra['said_as']}') = ("
        )
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **options)


def found_under(clause: Clause) -> Q:
    return _found("clause", clause.value)


def found_by(rule: str) -> Q:
    return _found("rule", rule)


def _found(said_as: str, what: str) -> Q:
    return Q(_Found(F("current_revision__review__findings"), Value(what), said_as=said_as))


def saying(words: str) -> Q:
    """Without regard to capitals and circumflexes, as Turkish writes them."""
    return Q(current_revision__search_text__contains=fold(words))
