"""The rulebook's pages: everybody may read them, every rule has one, and nothing of another practice shows."""

import pytest
from django.urls import reverse

from billing import rulebook
from billing.loading import shipped_reference
from injections.models.staff import Role
from tests.billing import making

pytestmark = pytest.mark.django_db
ADDRESSES = [entry.address for chapter in rulebook.CHAPTERS for entry in chapter.entries]


@pytest.fixture
def reader(practice, client):
    client.force_login(making.person(practice, "biller"))
    return client


def page(client, name, *arguments, **query):
    return client.get(reverse(f"billing:{name}", args=arguments), query)


@pytest.mark.parametrize("role", Role)
def test_every_role_may_read_it(client, practice, role):
    client.force_login(making.person(practice, role.value))
    assert page(client, "rulebook").status_code == 200
    assert page(client, "rule", "wastage.nothing_discarded").status_code == 200
    assert page(client, "payer", "medicare").status_code == 200


def test_a_stranger_is_sent_to_sign_in(client):
    assert page(client, "rulebook").status_code == 302


def test_every_chapter_has_its_pages(reader):
    """The first and the last rule of each: asking for all of them takes long and finds no more."""
    ends = [chapter.entries[place].address for chapter in rulebook.CHAPTERS for place in {0, -1}]
    for address in ends:
        answer = page(reader, "rule", address)
        assert answer.status_code == 200, address
        assert answer.context["entry"].address == address


def test_every_payer_has_a_page(reader):
    for key in shipped_reference().payers:
        assert page(reader, "payer", key).status_code == 200, key


def test_contents_link_to_every_rule_of_the_part(reader):
    text = page(reader, "rulebook").content.decode() + page(reader, "rulebook", part="chart").content.decode()
    assert [address for address in ADDRESSES if reverse("billing:rule", args=[address]) not in text] == []


def test_a_search_counts_every_part_and_opens_the_first_with_something(reader):
    found = page(reader, "rulebook", q="recalled lot")
    assert found.context["part"] == "chart"
    assert found.context["q"] == "recalled lot"
    assert "The lot has been recalled" in found.content.decode()
    assert "No rule speaks of “zebra”" in page(reader, "rulebook", q="zebra").content.decode()
    assert page(reader, "rulebook", part="nonsense").context["part"] == "bill"


def test_what_was_looked_for_is_shown_as_text(reader):
    text = page(reader, "rulebook", q='"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    "address", ["wastage", "wastage.", "wastage.unheard_of", "Wastage.nothing_discarded", "x" * 300]
)
def test_an_address_that_leads_nowhere_is_not_found(reader, address):
    assert page(reader, "rule", address).status_code == 404
    assert page(reader, "payer", address).status_code == 404


def test_a_rule_says_why_for_whom_and_by_which_source(reader):
    text = page(reader, "rule", "wastage.nothing_discarded").content.decode()
    for said in (
        "a blank is not a zero",
        "Original Medicare",
        "From 1 Jul 2023",
        "CMS JW and JZ modifier FAQ",
        "CMS CR 9603",
    ):
        assert said in text


def test_who_says_so_begins_with_a_capital(reader):
    text = page(reader, "rule", "administration.therapeutic_injection").content.decode()
    assert "Contested; confirm with the plan" in text
    assert ">contested" not in text


def test_a_payer_says_what_it_takes_over_and_what_it_refuses(reader):
    found = page(reader, "payer", "medicare-advantage")
    assert "fee-schedule" in {row.demand.key for row in found.context["refused"]}
    assert "discard-modifiers" in {row.demand.key for row in found.context["inherited"]}
    assert "virtual-supervision" in {row.demand.key for row in found.context["own"]}
    assert "Original Medicare" in found.content.decode()


def test_a_biller_sees_where_a_rule_spoke_and_a_nurse_does_not(client, practice):
    gap = [("wastage.discard_not_charted", "The amount is not charted")]
    mine = making.answer(making.visit(practice), gaps=gap)
    making.answer(making.visit(making.clinic("Elsewhere")), gaps=gap)
    client.force_login(making.person(practice, "biller"))
    shown = page(client, "rule", "wastage.discard_not_charted")
    assert list(shown.context["lately"]) == [mine]
    client.force_login(making.person(practice, "nurse"))
    assert "lately" not in page(client, "rule", "wastage.discard_not_charted").context


def test_the_pages_ask_the_database_little(reader, django_assert_max_num_queries):
    # A dozen of them are the same on every page: who is there, since when, where, and what the log keeps.
    with django_assert_max_num_queries(18):
        page(reader, "rulebook")
    with django_assert_max_num_queries(20):
        page(reader, "rule", "wastage.nothing_discarded")


def test_charge_review_leads_to_the_page_of_every_rule_it_names(client, practice):
    gaps = [("wastage.discard_not_charted", "The amount is not charted"), ("gone.long_ago", "An old one")]
    found = making.answer(making.visit(practice), gaps=gaps, not_billed=[("J1885", "a sample")])
    client.force_login(making.person(practice, "biller"))
    text = page(client, "review", found.pk).content.decode()
    for address in ("administration.therapeutic_injection", "wastage.discard_not_charted"):
        assert f'href="{reverse("billing:rule", args=[address])}"' in text
    assert '<span class="mono muted">gone.long_ago</span>' in text
