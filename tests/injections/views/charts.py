"""The charting page as a browser posts it."""

from django.urls import reverse

from tests.factories import WHOLE_VIAL


def gs1(lot="A123", expires="270331"):
    """The code of the made-up vial: 9999-0001-01 behind 003, with its check digit."""
    body = "003" + "9999000101"
    check = -sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(body)) % 10
    return f"01{body}{check}17{expires}10{lot}"


def typed(draft, **changes):
    """The form as the browser posts it."""
    form = {"version": draft.version, "submission_key": str(draft.submission_key), **draft.entries, **WHOLE_VIAL}
    return {name: text for name, text in {**form, **changes}.items() if text is not None}


def save(browser, draft, htmx=False, **changes):
    headers = {"HX-Request": "true"} if htmx else {}
    form = {"version": draft.version, **changes}
    return browser.post(reverse("injections:draft_save", args=[draft.pk]), form, headers=headers)


def sign(browser, draft, **changes):
    return browser.post(reverse("injections:sign", args=[draft.pk]), typed(draft, **changes))


def chart_of(draft):
    return reverse("injections:chart", args=[draft.encounter_id])
