"""How often each rule was right in the editors' eyes: what it found in texts that they decided on, and for which clauses they did."""

from datetime import datetime
from string import Template
from typing import NamedTuple

from django.db import connection

from moderation.engine.rule import Clause

# The findings of a verdict are one JSON list in a row; each database has its own words for taking it apart.
_TAKING_APART = {
    "postgresql": {"findings": "jsonb_array_elements(review.findings) AS finding", "field": "finding ->> '$name'"},
    "sqlite": {"findings": "json_each(review.findings) AS finding", "field": "json_extract(finding.value, '$$.$name')"},
}
_QUESTION = Template("""
SELECT $rule, $clause, COUNT(DISTINCT decision.revision_id), COUNT(DISTINCT CASE WHEN named.id IS NOT NULL THEN decision.revision_id END)
FROM comments_decision AS decision
JOIN comments_review AS review ON review.revision_id = decision.revision_id
CROSS JOIN $findings
LEFT JOIN comments_decisionclause AS named ON named.decision_id = decision.id AND named.clause = $clause
LEFT JOIN comments_decision AS undo ON undo.undoes_id = decision.id
WHERE decision.decided_at >= %s AND decision.actor_kind IN ('editor', 'key')
  AND decision.move IN ('approve', 'reject', 'request_correction', 'remove')
  AND undo.id IS NULL AND $outcome <> 'pass'
GROUP BY 1, 2
ORDER BY 1, 2
""")


class Precision(NamedTuple):
    """Of the texts in which a rule found something and on which editors decided, how many they decided against for the rule's clause."""

    rule: str
    clause: Clause
    decided: int
    confirmed: int

    @property
    def share(self) -> float:
        return self.confirmed / self.decided


def precision(*, since: datetime) -> tuple[Precision, ...]:
    """Of every rule with a finding since then from which something followed; advice accuses nobody."""
    with connection.cursor() as cursor:
        cursor.execute(_question(connection.vendor), [connection.ops.adapt_datetimefield_value(since)])
        return tuple(Precision(rule, Clause(clause), decided, confirmed) for rule, clause, decided, confirmed in cursor.fetchall())


def _question(vendor: str) -> str:
    words = _TAKING_APART[vendor]
    fields = {name: Template(words["field"]).substitute(name=name) for name in ("rule", "clause", "outcome")}
    return _QUESTION.substitute(fields, findings=words["findings"])
