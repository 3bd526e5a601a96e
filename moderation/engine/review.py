"""Hold a text against a policy: every rule is asked, nothing stops at the first finding."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate

from moderation.engine import policy as policies
from moderation.engine.edits import Edits
from moderation.engine.policy import Policy
from moderation.engine.rule import Clause, Finding, Fix, Match, Rule, Verdict
from moderation.engine.rules import RULES
from moderation.engine.text import Span, Text

_CLAUSES = list(Clause)

# A word's letters are restored before its spelling is mended, and both before its capitals are lowered.
CORRECTIONS = (Clause.TURKISH_CHARACTERS, Clause.SPELLING, Clause.CAPITAL_LETTERS)


def review(string: str, policy: Policy = policies.DEFAULT, rules: Iterable[Rule] = RULES) -> Verdict:
    """The verdict on a text; spans are code points of its NFC form. Raises UnreadableText for lone surrogates."""
    text = edited = Text(string)
    judging, correcting = _order(tuple(rules), policy.off)
    findings = [_finding(rule, match, match.span, policy) for rule, match in _matches(judging, text, policy)]
    edits = Edits(text.string)
    for clause, its_rules in correcting.items():
        if edits.fixes and edits.edited != edited.string:
            edited = Text(edits.edited)
        matches = _matches(its_rules, edited, policy)
        if not matches:
            continue
        if clause is Clause.SPELLING:
            shouted = [match.span for _, match in _matches(correcting[Clause.CAPITAL_LETTERS], edited, policy)]
            matches = [(rule, match) for rule, match in matches if policy.outcomes[clause][match.grade] or not _rewritten(match.span, edits, shouted)]
        findings += [_finding(rule, match, edits.origin(match.span), policy) for rule, match in matches]
        edits = edits.then(_without_overlap(match.fix for _, match in matches))
    return Verdict(text.string, tuple(_with_fixes(findings, edits.fixes)), policy.number)


@lru_cache(64)
def _order(rules: tuple[Rule, ...], off: frozenset[Clause]) -> tuple[tuple[Rule, ...], Mapping[Clause, tuple[Rule, ...]]]:
    """The rules that are asked: those that only judge, and by their clause, in the order of correcting, those that correct."""
    asked = [rule for rule in rules if rule.clause not in off]
    judging = tuple(rule for rule in asked if rule.clause not in CORRECTIONS)
    return judging, {clause: tuple(rule for rule in asked if rule.clause is clause) for clause in CORRECTIONS}


def _rewritten(span: Span, edits: Edits, shouted: list[Span]) -> bool:
    """Whether another clause's fix covers the span: advice is for what the reader wrote, and accepting that fix must not bring a guess with it."""
    nearest = bisect_left(shouted, (span.end, 0)) - 1
    return edits.rewrote(span) or (nearest >= 0 and shouted[nearest].end > span.start)


def _matches(rules: Iterable[Rule], text: Text, policy: Policy) -> list[tuple[Rule, Match]]:
    return [(rule, match) for rule in rules for match in rule.check(text, **_thresholds(rule, policy))]


def _thresholds(rule: Rule, policy: Policy) -> Mapping[str, float]:
    given = policy.thresholds.get(rule.name) if policy.thresholds else None
    return {name: given.get(name, default) for name, default in rule.thresholds.items()} if given else rule.thresholds


def _finding(rule: Rule, match: Match, span: Span, policy: Policy) -> Finding:
    outcome = policy.outcomes[rule.clause][match.grade]
    return Finding(rule.name, rule.clause, span, match.grade, outcome, rule.message, fix=None, score=match.score)


def _without_overlap(proposals: Iterable[Fix | None]) -> list[Fix]:
    """The proposals of one clause, the earlier and longer before the one that overlaps it."""
    kept: list[Fix] = []
    for fix in sorted((fix for fix in proposals if fix), key=lambda fix: (fix.span.start, -fix.span.end)):
        if not kept or fix.span.start >= kept[-1].span.end:
            kept.append(fix)
    return kept


def _with_fixes(findings: list[Finding], fixes: Iterable[Fix]) -> list[Finding]:
    """The findings in the order of the text, each fix given to the one finding that fits it best."""
    ordered = sorted(findings, key=lambda finding: (finding.span, _CLAUSES.index(finding.clause)))
    starts = [finding.span.start for finding in ordered]
    reached = list(accumulate((finding.span.end for finding in ordered), max))
    for fix in fixes:
        near = range(bisect_right(reached, fix.span.start), bisect_left(starts, fix.span.end))
        at = max(
            (i for i in near if (f := ordered[i]).fix is None and f.clause in CORRECTIONS and f.span.overlaps(fix.span)),
            key=lambda i: (min(ordered[i].span.end, fix.span.end) - max(ordered[i].span.start, fix.span.start), ordered[i].outcome),
        )
        ordered[at] = _fixed(ordered[at], fix)
    return ordered


def _fixed(finding: Finding, fix: Fix) -> Finding:
    return Finding(finding.rule, finding.clause, finding.span, finding.grade, finding.outcome, finding.message, fix, finding.score)
