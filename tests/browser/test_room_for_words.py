"""Words that stand where somebody looks first have their room, on a tablet either way and on a phone."""

import pytest

from injections.models import Patient

pytestmark = pytest.mark.django_db
UPRIGHT, PHONE = {"width": 768, "height": 1024}, {"width": 320, "height": 700}
#: how much of the placeholder does not fit into the field, in pixels
CUT = """(field) => {
  const style = getComputedStyle(field), pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return Math.max(0, Math.ceil(pen.measureText(field.placeholder).width - room));
}"""


@pytest.mark.parametrize("size", [UPRIGHT, PHONE])
def test_the_search_of_today_shows_what_may_be_searched_for(clinic, person, size):
    person.page.set_viewport_size(size)
    person.signs_in_as("ito")
    assert person.page.get_by_role("searchbox").evaluate(CUT) == 0
    assert not person.scrolls_sideways()


def test_the_ways_from_stock_are_one_line_on_a_tablet_and_few_on_a_phone(clinic, person):
    person.signs_in_as("ito")
    person.opens("/stock/")
    assert lines_of(person, ".beside a") == 1
    person.page.set_viewport_size(PHONE)
    assert lines_of(person, ".beside a") <= 4
    assert not person.scrolls_sideways()
    person.finds_nothing_hard_to_use()


def test_no_way_from_a_card_of_the_patient_breaks_in_two(clinic, person):
    person.signs_in_as("ito")
    person.opens(f"/patients/{Patient.objects.first().pk}/")
    for size in (None, UPRIGHT, PHONE):
        if size:
            person.page.set_viewport_size(size)
        broken = [link.inner_text() for link in person.page.locator(".card-head a").all() if rectangles(link) > 1]
        assert broken == []
        assert not person.scrolls_sideways()
    person.finds_nothing_hard_to_use()


def lines_of(person, selector):
    return len({round(link.bounding_box()["y"]) for link in person.page.locator(selector).all()})


def rectangles(link):
    """Into how many lines the words of a link are broken."""
    return link.evaluate("""(link) => {
      const words = document.createRange();
      words.selectNodeContents(link);
      return words.getClientRects().length;
    }""")
