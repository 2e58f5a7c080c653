"""What a person sees when something goes wrong at the charting page: each case has its tests, named here.

A name that leads nowhere fails, so that no case loses its test unseen.
"""

from importlib import import_module

import pytest

VIEWS, BROWSER = "tests.injections.views", "tests.browser"
#: what goes wrong -> the tests that show what the person sees then
CASES = {
    "something is missing or cannot be read at the signature": [
        f"{VIEWS}.test_chart_signing.test_a_refused_signature_names_what_is_left_and_keeps_what_was_typed",
        f"{VIEWS}.test_chart.test_what_cannot_be_read_is_told_at_its_field_and_kept",
        f"{BROWSER}.test_chart.test_a_refused_signature_leads_to_each_control",
    ],
    "a scan is not understood": [
        f"{VIEWS}.test_chart.test_a_code_that_is_no_drug_says_what_to_do",
        f"{VIEWS}.test_chart.test_a_lost_separator_is_asked_about_and_the_answer_taken",
        f"{VIEWS}.test_chart.test_a_photo_that_shows_no_code_says_what_to_do",
        f"{BROWSER}.test_chart_journeys.test_wrong_expired_and_unread_vials_are_said_and_the_photo_helps",
    ],
    "the vial is not what was ordered": [
        f"{VIEWS}.test_chart.test_a_typed_ndc_of_another_drug_is_named_at_once",
        f"{BROWSER}.test_chart_journeys.test_wrong_expired_and_unread_vials_are_said_and_the_photo_helps",
    ],
    "the lot has expired or was recalled": [
        f"{VIEWS}.test_chart.test_an_expired_lot_is_stopped_with_both_dates",
        f"{VIEWS}.test_chart_more.test_a_recalled_second_vial_stops_the_dose",
        f"{BROWSER}.test_unsafe_acts.test_expired_lot_is_stopped_and_another_is_offered",
    ],
    "the connection is lost": [
        f"{BROWSER}.test_chart.test_a_lost_connection_is_said_and_mended",
        f"{BROWSER}.test_chart_journeys.test_a_change_under_the_finger_is_not_signed_and_a_colleague_goes_on",
    ],
    "the session has ended, or another person is at the screen": [
        f"{BROWSER}.test_chart.test_signing_out_in_another_tab_loses_nothing",
        f"{BROWSER}.test_screen.test_a_chart_left_open_locks_in_place_and_goes_on",
        f"{VIEWS}.test_chart.test_a_colleague_s_draft_is_shown_and_can_be_taken_over",
    ],
    "somebody else changed or signed it": [
        f"{VIEWS}.test_chart.test_an_older_page_does_not_overwrite_a_newer_one",
        f"{VIEWS}.test_chart_more.test_a_chart_that_a_colleague_signed_meanwhile_shows_both",
        f"{VIEWS}.test_chart_more.test_a_chart_that_was_thrown_away_keeps_what_was_typed_in_sight",
        f"{BROWSER}.test_chart_journeys.test_a_change_under_the_finger_is_not_signed_and_a_colleague_goes_on",
    ],
    "a double tap": [
        f"{VIEWS}.test_chart_signing.test_signing_makes_one_record_however_often_it_is_tapped",
        f"{VIEWS}.test_chart.test_two_taps_open_one_draft",
        f"{BROWSER}.test_chart_journeys.test_a_change_under_the_finger_is_not_signed_and_a_colleague_goes_on",
    ],
    "the server fails": [f"{VIEWS}.test_chart_more.test_a_failure_of_ours_leads_back_to_the_draft"],
}


@pytest.mark.parametrize("name", sorted({name for names in CASES.values() for name in names}))
def test_each_case_has_the_test_that_is_named_for_it(name):
    module, _, test = name.rpartition(".")
    assert callable(getattr(import_module(module), test))
