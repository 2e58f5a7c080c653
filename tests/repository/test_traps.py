"""The traps of this stack that were measured before the product stood, and the test that keeps each shut.

Most stand with what they are about; those that belong nowhere else are below. What is read from the code holds for a
form, a page or a task that is written tomorrow.
"""

import ast
import json
import re

import pytest
from django import forms
from django.conf import settings

from config.local.places import ROOT
from tests.repository.test_doors import calls, every_form, name_of, says

BASE, FIELDS, GUARDS = (
    "injections/forms/test_base.py",
    "injections/forms/test_fields.py",
    "injections/audit/test_guards.py",
)
DOORS, HERE, PROMISES = "repository/test_doors.py", "repository/test_traps.py", "promises/test_promise_"
TOLD, INPUT, TIME = (
    "injections/actions/test_signing_told.py",
    f"{PROMISES}15_input.py",
    f"{PROMISES}21_time.py",
)
#: what goes wrong by itself -> the tests that fail when it does
TRAPS = {
    "a NUL in a query is an error of the database": [("config/test_nul.py", "test_a_page_answers_400")],
    "JSON with NUL, half a surrogate, NaN or 1e400 passes a form and breaks the save": [
        (HERE, "test_no_form_takes_json")
    ],
    "JSON 100,000 deep, or with 5,000 digits, ends in an exception": [
        (HERE, "test_no_view_reads_json_from_a_request"),
        (f"{PROMISES}27_huge.py", "test_promise_27_what_is_huge_is_refused"),
    ],
    "a draft of rules nested 10,000 deep, or with 5,000 digits, ends in an exception": [
        (HERE, "test_a_draft_that_cannot_be_read_is_refused")
    ],
    "filter(pk='abc') from a query is an exception": [
        (INPUT, "test_promise_15_whatever_an_address_asks_for_is_no_error_of_ours")
    ],
    "a moment of the year 9999 or 1 is saved, and then no list that reads it opens": [
        (BASE, "test_dates_beyond_every_life_are_refused"),
        ("injections/models/test_bounds.py", "test_every_number_and_date_has_both_ends_in_the_schema"),
    ],
    "1_000, digits of other scripts and 1e2 are read as numbers": [
        (BASE, "test_odd_numbers_are_refused"),
        (FIELDS, "test_an_amount_is_digits_or_refused"),
    ],
    "a name may be invisible, or turn the line round": [(BASE, "test_characters_that_cannot_be_seen_are_refused")],
    "an hour that comes twice cannot be charted, one that never was can": [
        (TIME, "test_promise_21_the_hour_that_comes_twice_is_charted_by_saying_which"),
        (TIME, "test_promise_21_the_hour_that_never_was_is_refused"),
    ],
    "names from a request reach filter(**x), order_by(x), annotate(**x)": [
        (DOORS, "test_no_query_takes_a_name_from_a_request"),
        (DOORS, "test_order_is_written_in_the_code"),
    ],
    "a task that is only told after the commit is lost in between": [
        ("faults/test_short.py", "test_promise_01_the_count_sees_what_is_done_wrong"),
        ("injections/actions/test_outbox.py", "test_what_is_owed_is_done_once"),
    ],
    "a worker takes several tasks and loses them; a task with a countdown is delivered again and again": [
        (HERE, "test_a_lost_worker_loses_one_task_at_most"),
        (HERE, "test_no_task_waits_in_the_broker"),
    ],
    "a deferred check fails at the commit, after every savepoint": [
        (TOLD, "test_a_deferred_constraint_that_a_receiver_breaks_does_not_kill_the_signature")
    ],
    "read, compute, write: fifty winners of ten doses": [
        (f"{PROMISES}03_last_vial.py", "test_promise_03_the_shelf_is_never_counted_below_zero_by_what_is_not_care")
    ],
    "triggers for rows do not see TRUNCATE, and a way round them is left open": [
        (f"{PROMISES}04_signed_is_signed.py", "test_every_signed_table_refuses_change_and_truncation"),
        (f"{PROMISES}04_signed_is_signed.py", "test_no_way_in_sql_for_the_application_or_the_owner"),
    ],
    "a number that is given out before the lock breaks a chain that nobody touched": [
        (f"{PROMISES}06_tampering.py", "test_a_row_that_was_put_in_behind_the_sealer_is_found")
    ],
    "a superuser sees every row in spite of FORCE": [(GUARDS, "test_no_role_passes_the_fences")],
    "SET outlives its transaction on a pooled connection": [(GUARDS, "test_the_practice_ends_with_its_transaction")],
    "polling keeps a session alive for ever": [
        (f"{PROMISES}11_idle.py", "test_promise_11_polling_does_not_keep_a_screen_open")
    ],
    "pages of patients stay in the browser's storage by way of htmx": [
        (HERE, "test_htmx_keeps_nothing_and_runs_nothing")
    ],
}


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_has_its_test(trap):
    for path, name in TRAPS[trap]:
        tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{path}::{name}"


def test_no_form_takes_json():
    """Cleaned forms, and what they are made of: a field of JSON would take what no column can keep."""
    fields = {(kind.__qualname__, name): found for kind in every_form() for name, found in kind.base_fields.items()}
    assert len(fields) > 50
    assert [where for where, found in fields.items() if isinstance(found, forms.JSONField)] == []
    assert not [path for path, call in calls() if name_of(call) == "JSONField" and path.split("/")[1] == "forms"]


def test_no_view_reads_json_from_a_request():
    asked = {"request", "body", "GET", "POST", "cleaned_data"}
    assert not [
        f"{path}:{call.lineno}"
        for path, call in calls()
        if says(call.func, {"json", "tomllib", "literal_eval"}) and any(says(part, asked) for part in call.args)
    ]


@pytest.mark.parametrize("value", ["[" * 19_000, "9" * 5_000, "1e400", "nan", '"\\u0000"', '"\\ud800"', "{b=" * 3_000])
def test_a_draft_that_cannot_be_read_is_refused(value):
    from billing.draft import DraftError
    from billing.draft.document import draft_from_text

    with pytest.raises(DraftError):
        draft_from_text(f"a = {value}")


def test_a_lost_worker_loses_one_task_at_most():
    from config.celery import app

    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.worker_soft_shutdown_timeout > 0
    assert app.conf.broker_transport_options["visibility_timeout"] > app.conf.task_time_limit
    assert app.conf.accept_content == ["json"]
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["options"]["expires"] <= entry["schedule"]


def test_no_task_waits_in_the_broker():
    """What is due later stands in a column."""
    assert not [
        f"{path}:{call.lineno}"
        for path, call in calls()
        if name_of(call) in ("apply_async", "retry", "send_task")
        and {k.arg for k in call.keywords} & {"eta", "countdown"}
    ]


def test_htmx_keeps_nothing_and_runs_nothing():
    page = (ROOT / "templates" / "_assets.html").read_text(encoding="utf-8")
    said = json.loads(re.search(r"""name="htmx-config" content='([^']+)'""", page)[1])
    wanted = {"allowEval": False, "includeIndicatorStyles": False, "selfRequestsOnly": True}
    assert wanted.items() <= said.items()
    assert (said["historyCacheSize"], said["refreshOnHistoryMiss"]) == (0, True)
