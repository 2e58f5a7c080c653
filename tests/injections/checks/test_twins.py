"""Every check has a visit about which it speaks and one about which it stays silent."""

import pytest

from injections.checks import CHECKS, address, examine, reason, title
from injections.findings import Gate, Severity
from tests.injections.checks import cases_care, cases_drug, cases_record
from tests.injections.checks.visits import said, visit

SPEAKS = [*cases_care.SPEAKS, *cases_drug.SPEAKS, *cases_record.SPEAKS]
SILENT = [*cases_care.SILENT, *cases_drug.SILENT, *cases_record.SILENT]


def test_a_complete_visit_leaves_nothing_to_say():
    assert examine(visit()) == ()


@pytest.mark.parametrize("case", SPEAKS, ids=str)
def test_it_speaks(case):
    assert said(case.encounter, case.rule), case.why


@pytest.mark.parametrize("case", SILENT, ids=str)
def test_it_stays_silent(case):
    assert not said(case.encounter, case.rule), case.why


@pytest.mark.parametrize("check", CHECKS, ids=address)
def test_every_check_has_its_twins(check):
    assert address(check) in {case.rule for case in SPEAKS}
    assert address(check) in {case.rule for case in SILENT}


@pytest.mark.parametrize("check", CHECKS, ids=address)
def test_every_check_says_what_and_why(check):
    assert 10 < len(title(check)) < 90
    assert not title(check).endswith(".")
    assert len(reason(check)) > 20


def test_no_two_checks_share_a_name():
    assert len({address(check) for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize("case", SPEAKS, ids=str)
def test_every_finding_can_be_shown(case):
    for finding in examine(case.encounter):
        assert finding.rule
        assert finding.summary
        assert finding.fix
        assert finding.administrations
        assert finding.fields


@pytest.mark.parametrize("case", SPEAKS, ids=str)
def test_what_blocks_a_signature_is_critical(case):
    for finding in examine(case.encounter):
        if finding.gate in (Gate.GIVING, Gate.SIGNING):
            assert finding.severity is Severity.CRITICAL
