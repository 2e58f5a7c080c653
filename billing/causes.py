"""Which rule made a line move: two answers are listened to while they are given, and their words compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from billing.case import DISTINCT, Case
from billing.outcomes import Charge, Modifier, Outcome, Repeat, Withheld
from billing.replay import LineMove
from billing.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Word:
    """What a rule said about lines, without its reasons. ``says`` is the whole of it: a code and units, a modifier."""

    rule: str
    kind: str
    says: tuple[object, ...]
    lines: frozenset[str] = field(compare=False)


Words = tuple[Word, ...]


def listening(rules: Sequence[Rule], heard: list[Outcome]) -> tuple[Rule, ...]:
    """The same rules, whose words are also kept in ``heard``."""

    def overheard(rule: Rule) -> Rule:
        def says(case: Case) -> Iterator[Outcome]:
            for outcome in rule.says(case):
                heard.append(replace(outcome, rule=rule.name))
                yield outcome

        return replace(rule, says=says)

    return tuple(map(overheard, rules))


def words(heard: Iterable[Outcome]) -> Words:
    """What was said about lines of the claim."""
    return tuple(word for outcome in heard for word in _words(outcome))


def _words(outcome: Outcome) -> Iterator[Word]:
    if isinstance(outcome, Charge):
        content = (outcome.code, outcome.units, outcome.diagnoses, outcome.ndc, outcome.modifiers)
        yield Word(outcome.rule, "charge", content, frozenset({outcome.key}))
    elif isinstance(outcome, Modifier):
        yield Word(outcome.rule, "modifier", (outcome.code,), frozenset({outcome.charge.key}))
    elif isinstance(outcome, Repeat):
        yield Word(outcome.rule, "repeat", (outcome.way,), frozenset(c.key for c in outcome.charges))
    elif isinstance(outcome, Withheld) and outcome.charge is not None:
        yield Word(outcome.rule, "withheld", (), frozenset({outcome.charge.key}))


def cause(move: LineMove, before: Words, after: Words) -> str:
    """The rule whose words explain what is seen of the move; empty where nothing that was heard explains it."""
    keys = {line.key for line in (move.before, move.after) if line is not None} - {""}
    were = tuple(word for word in before if word.lines & keys)
    are = tuple(word for word in after if word.lines & keys)
    if move.before is None or move.after is None:
        return _came_or_went(were if move.before is None else are, are if move.before is None else were)
    if move.before.content != move.after.content:
        return _first(_changed(were, are, "charge")) or _first(_changed(were, are, "repeat"))
    if move.before.modifiers != move.after.modifiers:
        return _of_modifiers(move.before.modifiers, move.after.modifiers, were, are)
    return ""


def _came_or_went(without: Words, within: Words) -> str:
    """``without``: the words beside which there is no line; ``within``: those beside which there is one."""
    withheld = [word for word in without if word.kind == "withheld"]
    counted = [word for word in without if word.kind == "repeat" and word not in within]
    given = [word for word in within if word.kind == "charge"]
    return _first(withheld) or _first(counted) or _first(given)


def _of_modifiers(gone: Iterable[str], come: Iterable[str], were: Words, are: Words) -> str:
    """The rule that asks for what is new, else the one that asked for what is gone."""
    new, old = _family(come) - _family(gone), _family(gone) - _family(come)
    if not new and not old:  # one way of telling acts apart in place of another
        new = old = _family(["59"])
    asking = [word for word in are if _family(word.says) & new and word.kind != "charge"]
    asked = [word for word in were if _family(word.says) & old and word.kind != "charge"]
    newly = [word for word in asking if word not in were] + [word for word in asked if word not in are]
    return _first(newly) or _first([*asking, *asked]) or _first(_changed(were, are, "charge"))


def _family(codes: Iterable[object]) -> set[str]:
    """The modifiers, with the payer's choice of how acts are told apart as one."""
    return {"59" if code in DISTINCT else code for code in codes if isinstance(code, str)}


def _changed(were: Words, are: Words, kind: str) -> list[Word]:
    """What is said now and was not, then what was said and is no more."""
    found = [word for word in are if word not in were] + [word for word in were if word not in are]
    return [word for word in found if word.kind == kind]


def _first(found: Sequence[Word]) -> str:
    return found[0].rule if found else ""
