"""What would change: picked or written, refused at its place, watched, read, and taken along as CSV."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing import tasks
from billing.actions import replaying
from billing.actions import review as reviews
from billing.models import ReplayRun, Review
from billing.views import replayed
from tests import clock
from tests.billing import making
from tests.billing.signing import signed
from tests.factories import NOW, PracticeFactory

pytestmark = pytest.mark.django_db
PRICED = b'[[price]]\ncode = "96372"\namount = "20.00"\nsource = "a guess"\n'
ROW = {
    "change-0-payer": "medicaid",
    "change-0-demand": "line-modifiers",
    "change-0-value": "96372 = UD",
    "change-0-since": "2026-10-01",
    "change-0-until": "",
    "change-0-source": "a letter of the plan",
}


@pytest.fixture
def practice():
    return PracticeFactory()


@pytest.fixture(autouse=True)
def told(monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.replay_batch, "apply_async", lambda arguments, **how: sent.append(arguments[0]))
    monkeypatch.setattr(tasks.sweep_replays, "apply_async", lambda *rest, **how: None)
    replaying._asker.cache_clear()
    return sent


def posted(client, **changes):
    said = {"since": NOW.date().isoformat(), "draft": "", "submission_key": str(uuid4()), **ROW, **changes}
    return client.post(reverse("billing:replay_new"), said)


def done(told):
    tasks.sweep_replays()
    for batch in told:
        tasks.replay_batch(batch)
    return ReplayRun.objects.get()


def page(client, run, **query):
    return client.get(reverse("billing:replay", args=[run.pk]), query)


def test_a_change_is_picked_asked_and_read_by_rule_and_payer(client, biller, practice, told):
    visit = signed("medicaid", practice=practice)
    signed("medicare", practice=practice)
    answer = posted(client)
    run = ReplayRun.objects.get()
    assert answer["Location"] == reverse("billing:replay", args=[run.pk])
    assert "Waiting" in page(client, run).content.decode()
    run = done(told)
    text = page(client, run).content.decode()
    for words in ("1 visit</b> would be billed differently", "Medicaid", visit.patient.listed_name, "UD", "not known"):
        assert words in text
    assert run.title == "Medicaid: modifiers that this payer wants with a code, such as KX, FP or UD: 96372: UD"


def test_a_rule_and_a_payer_narrow_the_visits(client, biller, practice, told):
    signed("medicaid", practice=practice)
    posted(client)
    run = done(told)
    both = page(client, run, rule="modifiers.modifier_of_the_payer", payer="medicaid")
    assert len(both.context["visits"]) == 1
    assert page(client, run, rule="wastage.nothing_discarded").context["visits"] == []
    assert page(client, run, payer="medicare").context["visits"] == []


def test_the_progress_asks_again_by_itself_and_opens_the_page_when_it_is_done(client, biller, practice, told):
    signed("medicaid", practice=practice)
    posted(client)
    run = ReplayRun.objects.get()
    address = reverse("billing:replay_progress", args=[run.pk])
    assert address in page(client, run).content.decode()
    waiting = client.get(address)
    assert "<html" not in waiting.content.decode()
    assert "HX-Refresh" not in waiting
    done(told)
    assert client.get(address)["HX-Refresh"] == "true"


def test_the_table_has_a_row_for_each_line_and_starts_no_formula(client, biller, practice, told):
    visit = signed("medicaid", practice=practice)
    type(visit.patient).objects.filter(pk=visit.patient.pk).update(family_name="=SUM(1)")
    posted(client)
    run = done(told)
    answer = client.get(reverse("billing:replay_table", args=[run.pk]))
    heading, row = answer.getvalue().decode().splitlines()
    assert heading.startswith("visit,date_of_service,mrn")
    assert "'=SUM(1)" in row
    assert ",96372,1,,M54.50,,96372,1,UD," in row.replace("M54.5,", "M54.50,") or "UD" in row
    assert answer["Content-Disposition"].endswith('.csv"')


def test_a_long_table_is_read_some_visits_at_a_time_and_whom_it_names_stands_in_the_log(
    client, biller, practice, told, monkeypatch
):
    monkeypatch.setattr(replayed, "AT_ONCE", 2)
    visits = [signed("medicaid", practice=practice) for _ in range(5)]
    posted(client)
    answer = client.get(reverse("billing:replay_table", args=[done(told).pk]))
    assert answer.streaming
    _, *rows = answer.getvalue().decode().splitlines()
    assert [int(row.partition(",")[0]) for row in rows] == [visit.pk for visit in visits]
    noted = apps.get_model("injections", "AuditEvent").objects.filter(subject="billing:replay_table")
    assert {(event.patient_id, event.action) for event in noted} == {(v.patient_id, "exported") for v in visits}


def test_a_draft_from_a_file_is_asked(client, biller, practice, told):
    signed("medicare", practice=practice)
    asked = posted(client, **dict.fromkeys(ROW, ""), file=SimpleUploadedFile("next.toml", b"\xef\xbb\xbf" + PRICED))
    assert asked.status_code == 302
    run = done(told)
    assert (run.draft, run.totals["by_rule"]["price"]["lines"]) == (PRICED.decode().strip(), 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"#" * 20_001, "Choose a file of up to 20 KB"),
        (b"\xff\xfe\x00", "Choose a text file, saved as UTF-8"),
        (b"key = ", "Correct the draft"),
        (b'key = "nobody"', "Correct the changes"),
    ],
)
def test_a_file_that_is_no_draft_is_refused_beside_the_field(client, biller, practice, content, said):
    refused = posted(client, **dict.fromkeys(ROW, ""), file=SimpleUploadedFile("next.toml", content))
    assert refused.status_code == 422
    assert said in str(refused.context["form"].errors["file"])
    assert not ReplayRun.objects.exists()


def test_a_file_beside_a_written_draft_is_refused(client, biller, practice):
    file = SimpleUploadedFile("next.toml", PRICED)
    refused = posted(client, **dict.fromkeys(ROW, ""), draft=PRICED.decode(), file=file)
    assert "not both" in str(refused.context["form"].errors["file"])


def test_a_written_draft_is_asked_too(client, biller, practice, told):
    signed("medicare", practice=practice)
    draft = '[[price]]\ncode = "96372"\namount = "20.00"\nsource = "a guess"\n'
    posted(client, **dict.fromkeys(ROW, ""), draft=draft)
    text = page(client, done(told)).content.decode()
    assert "The price" in text
    assert "+$4.64" in text


def test_nothing_filled_in_asks_under_what_is_loaded(client, biller, practice, told):
    signed("medicare", practice=practice)
    posted(client, **dict.fromkeys(ROW, ""))
    assert "The one visit stays as it is." in page(client, done(told)).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"since": ""}, "Enter the first day of service"),
        ({"since": "2026-02-30"}, "Enter a real date"),
        ({"since": (clock.today() + timedelta(days=40)).isoformat()}, "Choose a day that has come"),
        ({"change-0-payer": ""}, "Choose the payer"),
        ({"change-0-demand": ""}, "Choose what it wants"),
        ({"change-0-value": ""}, "Say what it would answer"),
        ({"change-0-value": "FP"}, "Write each line as J1050 = FP"),
        ({"change-0-demand": "filing-days", "change-0-value": "soon"}, "Enter a whole number in digits"),
        ({"change-0-demand": "ndc", "change-0-value": "perhaps"}, "Choose yes or no"),
        ({"change-0-demand": "repeat-injections", "change-0-value": "58"}, "Choose one of"),
        ({"change-0-demand": "route-modifiers", "change-0-value": "J12"}, "J12 is not a HCPCS code"),
        ({"change-0-source": ""}, "Write who says so"),
        ({"change-0-until": "2026-01-01"}, "Choose a day that is not before the first one"),
        ({"change-0-payer": "somebody"}, "Choose one of the answers for the payer"),
        ({"draft": "key = \nname = 1"}, "Correct the draft: line 1: what stands after = cannot be read"),
        ({"draft": '[[price]]\ncode = "1"'}, "Correct the draft: price[0].code"),
        ({"draft": '[[payer]]\nkey = "medicaid"'}, "Correct the changes: payer[1]: medicaid stands twice"),
        ({"draft": '[[payer]]\nkey = "nobody"'}, "nobody is no payer that is loaded"),
    ],
)
def test_bad_input_is_told_at_its_place_and_what_was_typed_stays(client, biller, practice, changes, said):
    answer = posted(client, **changes)
    text = answer.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    assert answer.status_code == 422
    assert said in text
    assert "a letter of the plan" in text or "change-0-source" in changes
    assert not ReplayRun.objects.exists()


def test_one_more_change_keeps_what_was_typed_and_asks_nothing(client, biller):
    answer = posted(client, more="1")
    assert answer.status_code == 200
    assert "a letter of the plan" in answer.content.decode()
    assert len(answer.context["changes"]) == 2
    assert not ReplayRun.objects.exists()


def test_two_changes_of_one_payer_are_one_draft(client, biller):
    second = {name.replace("-0-", "-1-"): value for name, value in ROW.items()}
    second |= {"change-1-demand": "ndc", "change-1-value": "no"}
    assert posted(client, **second).status_code == 302
    assert ReplayRun.objects.get().draft.count("[[payer.wants]]") == 2
    assert ReplayRun.objects.get().draft.count('key = "medicaid"') == 1


def test_the_same_form_sent_twice_is_one_run(client, biller):
    key = str(uuid4())
    for _ in range(2):
        posted(client, submission_key=key)
    assert ReplayRun.objects.count() == 1


def test_the_answer_to_a_demand_is_asked_in_the_shape_that_fits_it(client, biller):
    url = reverse("billing:replay_value")
    assert "<select" in client.get(url, {"change-0-demand": "ndc"}).content.decode()
    assert "<textarea" in client.get(url, {"change-3-demand": "line-modifiers"}).content.decode()
    assert 'name="change-3-value"' in client.get(url, {"change-3-demand": "line-modifiers"}).content.decode()
    for wrong in ({"change-0-demand": "nothing"}, {"x-demand": "ndc"}, {}):
        assert client.get(url, wrong).status_code == 404


def test_stop_keeps_what_is_known(client, biller, practice, told):
    signed("medicaid", practice=practice)
    posted(client)
    run = ReplayRun.objects.get()
    tasks.sweep_replays()
    client.post(reverse("billing:replay_cancel", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert "Stopped before the end." in page(client, run).content.decode()


def test_the_list_shows_what_was_asked_and_what_came_of_it(client, biller, practice, told):
    assert "Nothing has been tried yet" in client.get(reverse("billing:replays")).content.decode()
    signed("medicaid", practice=practice)
    posted(client)
    done(told)
    text = client.get(reverse("billing:replays")).content.decode()
    assert "0 unchanged, 1 differs" in text
    assert "Done" in text


def test_another_practices_replay_is_unknown(client, biller):
    other = making.person(making.clinic("Elsewhere"), "biller")
    run = replaying.begin(by=other, since=NOW.date(), title="Theirs", draft="", submission_key=uuid4())
    for name in ("replay", "replay_table"):
        assert client.get(reverse(f"billing:{name}", args=[run.pk])).status_code == 404
    assert client.post(reverse("billing:replay_cancel", args=[run.pk])).status_code == 404
    assert "Theirs" not in client.get(reverse("billing:replays")).content.decode()


@pytest.mark.parametrize("role", ["front-desk", "nurse", "medical-assistant", "physician", "administrator"])
def test_it_is_for_those_who_bill(client, practice, role):
    client.force_login(making.person(practice, role))
    for name in ("replays", "replay_new", "replay_value"):
        assert client.get(reverse(f"billing:{name}")).status_code == 404
    assert posted(client).status_code == 404


# --- old answers ---


def test_old_answers_are_shown_as_they_were_and_asked_again(client, biller, practice):
    visit = signed("medicare", practice=practice)
    first = Review.objects.get(encounter=visit)
    visit.patient.coverages.update(payer_key="medicaid")
    reviews.store(visit, reviews.derive(visit))
    assert Review.objects.filter(encounter=visit).count() == 2
    answer = client.get(reverse("billing:answers", args=[first.pk]))
    again, text = answer.context["again"], answer.content.decode()
    assert again.was.payer == "medicare"
    assert again.moved_then is None
    assert (again.now.payer, again.moved_now.payer) == ("medicaid", "medicaid")
    for words in ("Every answer on file", "The same answer", "Shown above", first.edition):
        assert words in text


def test_a_failed_answer_is_in_the_history(client, biller, practice):
    visit = signed("medicare", practice=practice)
    failed = making.failure(visit, supersedes=Review.objects.get())
    assert "could not be worked out" in client.get(reverse("billing:answers", args=[failed.pk])).content.decode()


def test_another_practices_answers_are_unknown(client, biller):
    review = making.answer(making.visit(making.clinic("Elsewhere")))
    assert client.get(reverse("billing:answers", args=[review.pk])).status_code == 404
