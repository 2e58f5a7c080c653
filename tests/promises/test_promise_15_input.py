"""Whatever is posted to any form that any page shows is kept, or refused in words; never an error of ours."""

import random
import re
import unicodedata

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from config.local.places import ROOT
from tests.promises.hostile import ANY
from tests.promises.pages import TEXT, Forms, addresses, browsers, every_form, kind_of, still_there, those_who_may

pytestmark = pytest.mark.django_db

#: what stands in a form for the machine, or is never shown again
UNSEEN = {"csrfmiddlewaretoken", "proof_secret", "proof_name", "second_name", "submission_key", "version", "seen"}
#: said again in words, so that the box is free for the next scan
SCANNED = re.compile(r"(^|\.)scan$")
#: no number, no day and no word of a list
ODD = ["abc", "-1", str(10**30), "٣", "1e400", "NaN", "0001-01-01", "9999-12-31", "%", "'\"><b>", "x" * 2_000, "\u202e"]
#: typed in a shape of its own: read into something else, which the field's own tests hold
READ = re.compile(r"(^|[-_])(diagnoses|ndc|package_ndc|scan|dose|discarded|weight_kg|badge|q|days)$")


@pytest.fixture(scope="module")
def forms(lived_in, long):
    found = list(every_form(lived_in, everybody=long))
    assert len({kind_of(form.action) for form in found}) > 30
    return found


def spoiled(form, draw):
    """The form as the page fills it in, with something else in one to all of its fields."""
    names = sorted(name for name in form.kinds if name != "csrfmiddlewaretoken")
    posted = {name: value for name, value in form.values.items() if name != "csrfmiddlewaretoken"}
    if names:
        chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=len(names), unique=True))
        posted |= {name: draw(ANY) for name in chosen}
    return posted


def same(text):
    lines = "\n".join(text.splitlines()) if "\n" in text or "\r" in text else text
    return unicodedata.normalize("NFC", lines).strip()


def lost_of(form, posted, answer):
    """Fields that a refused page shows otherwise than they were typed."""
    shown = [
        again for again in Forms(answer.content.decode(), form.action).found if form.kinds.keys() <= again.kinds.keys()
    ]
    if not shown:
        return []
    return [
        name
        for name, text in posted.items()
        if form.kinds.get(name) in TEXT and name not in UNSEEN and not SCANNED.search(name)
        and not any(same(again.values.get(name, "")) == same(text) for again in shown)
    ]  # fmt: skip


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_promise_15_no_post_is_an_error_of_ours_and_nothing_typed_is_lost(forms, long, htmx, record_property):
    wrong, count = [], {"posts": 0, "accepted": 0, "refused": 0}
    headers = {"HX-Request": "true"} if htmx else {}

    @seed(15 + htmx)
    @settings(
        max_examples=5_000 if long else 100, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def post(data):
        form = data.draw(st.sampled_from(forms))
        posted = spoiled(form, data.draw)
        still_there()
        with transaction.atomic():
            answer = form.person.post(form.action, posted, headers=headers)
            transaction.set_rollback(True)
        count["posts"] += 1
        count["accepted" if answer.status_code < 400 else "refused"] += 1
        assert answer.status_code < 500, (form.action, posted)
        tampered = any(
            posted[name] != text
            for name, text in form.values.items()
            if form.kinds.get(name) == "hidden" and name in posted
        )
        if answer.status_code == 422 and not tampered:  # what a page keeps for itself leads back to what was typed
            lost = lost_of(form, posted, answer)
            assert not lost, (form.action, {name: posted[name] for name in lost})

    post()
    assert not wrong
    assert count["posts"] >= (5_000 if long else 100)
    kinds = len({kind_of(form.action) for form in forms})
    record_property(
        "figure", f"{count['posts']:,} posts to {kinds} forms, 0 errors, {count['refused']:,} refused, 0 lost"
    )


# --- what is asked for in an address ---


def test_promise_15_whatever_an_address_asks_for_is_no_error_of_ours(lived_in, long, record_property):
    """Every name that any view reads from an address, all at once, with what no number and no day is."""
    asked = names_asked()
    assert {"q", "tab", "page"} <= asked
    at_screens, pages = browsers(lived_in), 0
    for capability, address in addresses(lived_in):
        role = those_who_may(lived_in, capability)[0]
        still_there()
        for text in ODD if long else random.Random(address).sample(ODD, 2):
            answer = at_screens[role].get(address, dict.fromkeys(asked, text))
            pages += 1
            assert answer.status_code < 500, (address, text)
    record_property("figure", f"{pages} addresses with {len(asked)} names, 0 errors")


def names_asked():
    """The words in request.GET.get("word") and the like, wherever a view has them."""
    text = "".join(path.read_text() for app in ("injections", "billing") for path in (ROOT / app).rglob("*.py"))
    return set(re.findall(r"""GET(?:\.get\(|\.getlist\(|\[)\s*["'](\w+)["']""", text)) | {"q", "tab", "page", "sort"}


# --- what was accepted stands in a row ---


def stored(since):
    """Every text in every row written after the one with that transaction number."""
    texts = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_label not in ("injections", "billing") or not hasattr(model, "practice"):
                continue
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t WHERE xmin::text::bigint > %s", [since])
            texts += [row[0] for row in cursor.fetchall()]
    return texts


def marker(practice):
    """A number of this savepoint: whatever is written after it has a higher one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE injections_practice SET name = name WHERE id = %s RETURNING xmin::text::bigint", [practice.pk]
        )
        return cursor.fetchone()[0]


def test_promise_15_what_was_accepted_is_stored_as_it_was_typed(lived_in, forms, long, record_property):
    """Words of our own in every free-text field, everything else as the page proposes it."""
    import json

    pick, checked, missing = random.Random(15), 0, []
    odd = ['Ünïcode ‘q’ & <b> "x" \\ %s {{7}}', "O'Brien; --", "Zoë 田中 ß", "=1+1 (x)"]
    for form in forms:
        for text in odd if long else odd[:1]:
            words = {name: f"{text} {pick.randrange(10**6)}" for name, kind in form.kinds.items()
                     if kind in ("text", "textarea") and name not in UNSEEN and not READ.search(name)}  # fmt: skip
            for changed in [words, *({name: word} for name, word in words.items() if long)]:
                posted = {n: v for n, v in form.values.items() if n != "csrfmiddlewaretoken"} | changed
                still_there()
                with transaction.atomic():
                    since = marker(lived_in.practice)
                    answer = form.person.post(form.action, posted)
                    rows = "\n".join(stored(since)) if answer.status_code == 302 else ""
                    transaction.set_rollback(True)
                assert answer.status_code < 500
                for name, word in changed.items() if rows else ():
                    checked += 1
                    if json.dumps(word.strip(), ensure_ascii=False)[1:-1].casefold() not in rows.casefold():
                        missing.append((form.action, name, word))
    assert not missing
    assert checked > (20 if long else 8)
    record_property("figure", f"{checked} accepted fields, all stored as typed")
