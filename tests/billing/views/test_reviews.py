"""The work-list: which tab, which group, what each act does, and who may see it at all."""

from datetime import timedelta

import pytest
from django.urls import reverse

from billing.models import Decision, Review
from injections.models import Question
from tests import clock
from tests.billing import making

pytestmark = pytest.mark.django_db

DISCARD = ("waste.discard_not_charted", "The amount discarded is not charted")


@pytest.fixture
def visit(practice):
    return making.visit(practice)


def listed(client, q=None, **query):
    """The list, after a search where there is one; its words never stand in an address."""
    if q is not None:
        moved = client.post(reverse("billing:reviews"), {**query, "q": q})
        assert moved.status_code == 302
        assert q not in moved["Location"]
    return client.get(reverse("billing:reviews"), query)


def act(client, name, review, **posted):
    return client.post(reverse(f"billing:{name}", args=[review.pk]), {"tab": "work", "at": review.pk, **posted})


def tab_of(client, review):
    """The tab under which a review stands."""
    found = [t for t in ("work", "ready", "held", "snoozed", "sent") if in_list(listed(client, tab=t), review)]
    assert len(found) == 1
    return found[0]


def in_list(page, review):
    return f'data-row="{review.pk}"' in page.content.decode()


# --- tabs and groups ---


def test_a_gap_that_blocks_the_claim_needs_work_and_names_the_group_with_its_money(client, biller, visit):
    making.answer(visit, gaps=[DISCARD], lines=[("J0897", 60, "1273.04"), ("96372", 1, "15.36")])
    page = listed(client).content.decode()
    assert "$1,288 waits" in page
    assert "J0897 × 60, 96372" in page


def test_a_clean_review_is_ready_and_a_mere_warning_changes_nothing(client, biller, visit):
    review = making.answer(visit, gaps=[{"rule": "a.b", "summary": "Often given at home", "gate": "nothing"}])
    assert tab_of(client, review) == "ready"


def test_a_failed_review_is_in_sight(client, biller, visit):
    review = making.failure(visit)
    assert tab_of(client, review) == "work"
    page = listed(client, at=review.pk).content.decode()
    assert "could not be worked out" in page
    assert review.error_reference in page


def test_a_superseded_review_leaves_the_list(client, biller, visit):
    old = making.answer(visit)
    new = making.answer(visit, supersedes=old, gaps=[DISCARD])
    assert not in_list(listed(client, tab="ready"), old)
    assert tab_of(client, new) == "work"


def test_nothing_to_bill_is_looked_at_once_and_then_closed(client, biller, visit):
    review = making.answer(visit, lines=(), not_billed=[("lidocaine", "it is part of the injection")])
    assert tab_of(client, review) == "ready"
    act(client, "approve", review)
    assert tab_of(client, review) == "sent"


def test_snoozed_until_a_day_that_has_come_is_back(client, biller, visit, practice):
    review = making.answer(visit)
    Decision.objects.create(practice=practice, review=review, what="snoozed", until=clock.today(), by=biller)
    assert tab_of(client, review) == "ready"


def test_search_finds_name_number_payer_and_code_and_says_when_nothing_matches(client, biller, practice):
    patient = making.patient(practice, "Núñez", "Ana", mrn="004417")
    review = making.answer(making.visit(practice, of=patient))
    for words in ("nunez", "0044", "Medicare", "9637", "nunez 96372"):
        assert in_list(listed(client, tab="ready", q=words), review), words
    page = listed(client, tab="ready", q="Aetna")
    assert "No rows match “Aetna”" in page.content.decode()


def test_an_address_with_nonsense_is_the_first_tab(client, biller):
    assert listed(client, tab="'; --", page="-3", at="99999999999999999999", q="%00"[:1]).status_code == 200


# --- acts ---


def test_approve_goes_on_to_the_next_row_and_offers_undo(client, biller, practice):
    first, second = (making.answer(making.visit(practice)) for _ in range(2))
    answer = act(client, "approve", first, tab="ready")
    assert f"at={second.pk}" in answer["Location"]
    assert "Undo" in client.get(answer["Location"]).content.decode()
    act(client, "undo", first, tab="ready")
    assert tab_of(client, first) == "ready"
    assert [d.what for d in Decision.objects.all()] == ["approved", "undone"]


def test_approve_is_refused_while_a_gap_blocks_the_claim_and_says_which(client, biller, visit):
    review = making.answer(visit, gaps=[DISCARD])
    answer = act(client, "approve", review)
    assert answer.status_code == 422
    assert "The amount discarded is not charted." in answer.content.decode()
    assert not Decision.objects.exists()


def test_approve_of_an_answer_that_was_replaced_meanwhile_shows_the_new_one(client, biller, visit):
    old = making.answer(visit)
    new = making.answer(visit, supersedes=old)
    answer = act(client, "approve", old, tab="ready")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The chart has changed" in page
    assert reverse("billing:approve", args=[new.pk]) in page
    assert not Decision.objects.exists()


def test_approving_twice_makes_one_decision(client, biller, visit):
    review = making.answer(visit)
    act(client, "approve", review)
    act(client, "approve", review)
    assert Decision.objects.count() == 1


def test_hold_needs_a_reason_and_keeps_what_was_typed(client, biller, visit):
    review = making.answer(visit)
    answer = act(client, "hold", review, **{"hold-note": "called on Friday"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose why it is held" in page
    assert "called on Friday" in page


def test_held_stands_under_its_reason_until_released(client, biller, visit):
    review = making.answer(visit)
    act(client, "hold", review, **{"hold-reason": "Possible duplicate", "hold-note": "see May"})
    assert tab_of(client, review) == "held"
    assert "Possible duplicate" in listed(client, tab="held").content.decode()
    act(client, "release", review)
    assert tab_of(client, review) == "ready"


def test_released_twice_is_one_release_and_what_was_never_held_is_said(client, biller, visit):
    review = making.answer(visit)
    assert "neither held nor snoozed" in act(client, "release", review).content.decode()
    act(client, "hold", review, **{"hold-reason": "Possible duplicate"})
    answers = [act(client, "release", review) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert review.decisions.filter(what=Decision.What.RELEASED).count() == 1


def test_snooze_is_until_a_day_to_come(client, biller, visit):
    review = making.answer(visit)
    today = clock.today()
    assert act(client, "snooze", review, **{"snooze-until": today.isoformat()}).status_code == 422
    act(client, "snooze", review, **{"snooze-until": (today + timedelta(days=3)).isoformat()})
    assert tab_of(client, review) == "snoozed"


def test_ask_puts_a_question_to_a_colleague_once(client, biller, visit):
    review = making.answer(visit, gaps=[DISCARD])
    posted = {
        "ask-of": visit.opened_by_id,
        "ask-text": "How much was left in the vial?",
        "ask-submission_key": "6f0f3f52-7f0e-4e0e-9df5-a5c4f3a9a001",
    }
    act(client, "ask", review, **posted)
    act(client, "ask", review, **posted)
    question = Question.objects.get()
    assert (question.asked_of, question.asked_by) == (visit.opened_by, biller)
    assert "How much was left" in listed(client, at=review.pk).content.decode()


def test_ask_does_not_reach_another_practice(client, biller, visit):
    stranger = making.person(making.clinic(), "nurse")
    review = making.answer(visit)
    answer = act(client, "ask", review, **{"ask-of": stranger.pk, "ask-text": "Who are you?"})
    assert answer.status_code == 422
    assert "Who are you?" in answer.content.decode()


# --- who ---

ACTS = ["approve", "hold", "release", "snooze", "undo", "ask"]


@pytest.mark.parametrize("name", ACTS)
def test_another_practices_review_is_unknown(client, biller, name):
    review = making.answer(making.visit(making.clinic()))
    assert act(client, name, review).status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["review", "answer"])
def test_another_practices_explanation_is_unknown(client, biller, name):
    review = making.answer(making.visit(making.clinic()))
    assert client.get(reverse(f"billing:{name}", args=[review.pk])).status_code == 404


def test_another_practices_row_is_neither_listed_nor_opened(client, biller):
    review = making.answer(making.visit(making.clinic()))
    page = listed(client, tab="ready", at=review.pk)
    assert "DOE, Alan" not in page.content.decode()


@pytest.mark.parametrize("role", ["front-desk", "nurse", "medical-assistant", "physician", "administrator"])
def test_charge_review_is_for_those_who_bill(client, practice, visit, role):
    review = making.answer(visit)
    client.force_login(making.person(practice, role))
    assert listed(client).status_code == 404
    assert client.get(reverse("billing:export")).status_code == 404
    for name in ACTS:
        assert act(client, name, review).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_not_links(client, biller, visit, name):
    review = making.answer(visit)
    assert client.get(reverse(f"billing:{name}", args=[review.pk])).status_code == 405


def test_the_explanation_names_rule_source_and_edition(client, biller, visit):
    review = making.answer(visit, gaps=[DISCARD], not_billed=[("lidocaine", "it is part of the injection")])
    page = client.get(reverse("billing:review", args=[review.pk])).content.decode()
    for words in (
        "administration.therapeutic_injection",
        review.edition,
        "Lidocaine",
        review.lines.get().control_number,
    ):
        assert words in page
    assert client.get(reverse("billing:answer", args=[review.pk])).json()["answered"] == {}


def test_the_list_answers_itself_with_the_right_half_only(client, biller, visit):
    review = making.answer(visit)
    url = f"{reverse('billing:reviews')}?at={review.pk}"
    page = client.get(url, headers={"HX-Request": "true", "HX-Target": "pane"}).content.decode()
    assert "<html" not in page
    assert "DOE, Alan" in page


def test_five_thousand_rows_cost_a_fixed_number_of_queries(client, biller, practice, django_assert_max_num_queries):
    for _ in range(12):
        making.answer(making.visit(practice), gaps=[DISCARD])
    with django_assert_max_num_queries(46):
        assert listed(client).status_code == 200
    assert Review.objects.count() == 12


def test_approve_all_takes_what_is_ready_under_the_filter_and_nothing_else(client, biller, practice):
    ready = [making.answer(making.visit(practice)) for _ in range(3)]
    other = making.answer(making.visit(practice), payer_key="aetna", payer_name="Aetna")
    waits = making.answer(making.visit(practice), gaps=[DISCARD])
    answer = client.post(reverse("billing:approve_all"), {"tab": "ready", "payer": "medicare"}, follow=True)
    assert "3 approved." in answer.content.decode()
    assert {d.review for d in Decision.objects.all()} == set(ready)
    assert not Decision.objects.filter(review__in=[other, waits]).exists()
