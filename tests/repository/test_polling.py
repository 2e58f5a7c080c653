"""What a page asks by itself never counts as somebody being there: every template and script that asks is found."""

import re

from config.local.places import ROOT
from tests.promises.addresses import every_address

#: an element that asks again and again, or some time after it came
ASKS = re.compile(r"<[^<>]*?hx-trigger=\"[^\"]*(?:\bevery\b|\bdelay:|\bthrottle:)[^\"]*\".*?>", re.DOTALL)
ADDRESS = re.compile(r"hx-(?:get|post|put|patch|delete)=\"{% url '([\w:]+)'")
#: follows typing, so somebody is there
TYPING = re.compile(r"hx-trigger=\"[^\"]*\b(?:input|keyup|change|search)\b")
#: scripts that act by the clock: what they ask the server, if anything, and why that is right
BY_THE_CLOCK = {
    "guard.js": "asks nothing: shows the Sign button again",
    "chart.js": "saves what was typed a moment ago; asks whether a colleague was quicker, the vial recalled (marked)",
    "screen.js": "asks whether the screen is locked (marked), and says that somebody touched it",
    "today.js": "asks which lines of today changed, and for those (both marked)",
    "visit.js": "takes the undo button away after its minute; asks nothing",
}


def asking():
    """Template and name of the address that it asks by itself."""
    for page in sorted((ROOT / "templates").rglob("*.html")):
        for element in ASKS.findall(page.read_text(encoding="utf-8")):
            if not TYPING.search(element):
                named = ADDRESS.search(element)
                yield str(page.relative_to(ROOT)), named.group(1) if named else element


def test_every_view_that_a_page_asks_by_itself_is_marked():
    views = {address.name: address.view for address in every_address()}
    found = list(asking())
    assert len(found) >= 2, "the patterns above have come loose from the templates"
    unmarked = [(page, name) for page, name in found if not getattr(views.get(name), "polls", False)]
    assert not unmarked, f"mark these views with injections.marks.polls: {unmarked}"


def test_scripts_that_act_by_the_clock_are_reviewed():
    scripts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "static" / "js").glob("*.js")}
    found = {name for name, text in scripts.items() if re.search(r"\bset(Interval|Timeout)\b", text)}
    assert found == BY_THE_CLOCK.keys()


def test_what_the_scripts_ask_is_marked():
    views = {address.name: address.view for address in every_address()}
    for name in ("screen", "today_versions", "today_lines", "draft_versions"):
        assert views[f"injections:{name}"].polls, name
