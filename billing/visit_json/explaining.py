"""The answer in words, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def explain(answer: dict[str, Any]) -> str:
    """What is billed and why, what is not, and what waits for whom."""
    return "\n".join(_told(answer))


def _told(answer: dict[str, Any]) -> Iterator[str]:
    ready = "ready to bill" if answer["billable"] else "not ready to bill"
    yield f"{answer['date']}, {answer['payer']}: {ready}"
    for line in answer["lines"]:
        yield "  " + _line(line)
        yield f"      {line['because']} [{line['rule']}; {line['source']}]"
        yield from (f"      {_row(used)}" for used in line["reference"])
    for title, rows in (("Not billed", answer["not_billed"]), ("To do", _by_gate(answer["findings"]))):
        if rows:
            yield f"{title}:"
            yield from (f"  {row}" if isinstance(row, str) else f"  {row['what']}: {row['because']}" for row in rows)
    for check in answer["not_checked"]:
        yield f"Not checked: {check['check']} ({check['because']})"


def _row(used: dict[str, Any]) -> str:
    """ "ASP limits Jul-Sep 2026: J3420: $0.64 a unit [the file]"."""
    stale = f" ({used['because']})" if used["because"] else ""
    source = f" [{used['source']}]" if used["source"] else ""
    return f"{used['period']}: {used['row'] or 'no row'}{stale}{source}"


def _line(line: dict[str, Any]) -> str:
    code = "-".join((line["code"], *line["modifiers"]))
    about = f" for {', '.join(line['diagnoses'])}" if line["diagnoses"] else ""
    ndc = f", NDC {line['ndc']['code']} {line['ndc']['unit']}{line['ndc']['quantity']}" if line["ndc"] else ""
    paid = f", expected {line['expected_payment']} dollars" if line["expected_payment"] else ", expected unknown"
    if line["patient_share"]:
        paid += f" (payer {line['payer_share']}, patient {line['patient_share']})"
    return f"{code} x{line['units']}{about}{ndc}{paid}"


def _by_gate(findings: list[dict[str, Any]]) -> list[str]:
    words = {"sign-off": "before sign-off", "claim": "before the claim", "nothing": "to know"}
    return [
        f"{words[f['blocks']]}, {f['owner']}: {f['summary']}"
        + (f" ({f['because']})" if f["because"] else "")
        + (f". {f['fix']}." if f["fix"] else "")
        for f in sorted(findings, key=lambda f: list(words).index(f["blocks"]))
    ]
