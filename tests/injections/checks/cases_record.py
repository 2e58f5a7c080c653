"""Completeness, site and timing: visits about which a check speaks, and their silent twins."""

from datetime import UTC, date, datetime

from injections.facts import (
    ASSUMED,
    Clinician,
    Container,
    SparedSide,
    Split,
    SplitSite,
    Status,
    Supervision,
    SupervisionMode,
    Unobtainable,
)
from tests.injections.checks.visits import ADAMS, case, dose, patient, product, q, vial, visit

TWO_SITES = Split(2, "volume", (SplitSite("ventrogluteal", "left"), SplitSite("ventrogluteal", "right")))
LEFT_ARM, LEFT = SparedSide("left", "arm", "mastectomy"), SparedSide("left", "side", "paralysis")
KNEE = dose(site="knee", route="intra-articular")
STEROID = product(classes=frozenset({"steroid"}))
NO_LABEL = {"package": None, "product": None}


def on_hand(since, until, giver=ADAMS):
    """Adams was there between two hours of the day; the dose is of 9:21."""
    times = (datetime(2026, 10, 6, hour) for hour in (since, until))
    return visit(dose(given_by=giver), supervision=Supervision(SupervisionMode.IN_SUITE, ADAMS, *times))


SPEAKS = [
    case("completeness.drug_not_charted", "neither name nor product", drug=None, product=None),
    case("completeness.dose_not_charted", "no amount", dose=None),
    case("completeness.lot_not_charted", "no lot", lot=None),
    case("completeness.lot_not_charted", "an empty text", lot=""),
    case("completeness.lot_not_charted", "the container has none", lot=None, containers=(Container(),)),
    case("completeness.expiry_not_charted", "no date", expires=None),
    case("completeness.ndc_not_charted", "no number, no label", ndc=None, **NO_LABEL),
    case("completeness.manufacturer_not_charted", "no maker, no label", manufacturer=None, **NO_LABEL),
    case("completeness.source_not_charted", "nobody said", source=None),
    case("completeness.route_not_charted", "no route", route=None),
    case("completeness.site_not_charted", "no site", site=None),
    case("completeness.site_not_charted", "one of two", site=None, split=Split(2, "volume", (SplitSite(),))),
    case("completeness.side_not_charted", "which arm", side=None),
    case("completeness.side_not_charted", "which side of a part", split=Split(1, None, (SplitSite("deltoid"),))),
    case("completeness.time_not_charted", "no time", given_at=None),
    case("completeness.stop_time_not_charted", "an infusion without end", route="IV-infusion"),
    case("completeness.stop_time_not_charted", "a push without end", route="IVP"),
    case("completeness.split_reason_not_charted", "no reason", split=Split(2)),
    case("completeness.giver_not_charted", "nobody", given_by=None),
    case("completeness.giver_credential_not_charted", "Lee who", given_by=Clinician("Lee")),
    case("completeness.supervision_not_charted", "nobody said", visit(supervision=None)),
    case("completeness.reason_not_given_not_charted", "refused", status=Status.REFUSED),
    case("completeness.reason_not_given_not_charted", "not given", status=Status.NOT_GIVEN),
    case("completeness.vial_drawn_up_not_charted", "no lot", status=Status.REFUSED, discarded=q("1000 mcg"), lot=None),
    case("completeness.reason_partly_given_not_charted", "partly", status=Status.PARTLY),
    case("site.route_not_for_drug", "B12 into a vein", route="IV-push"),
    case("site.route_not_for_drug", "a steroid beside the spine", route="epidural", product=STEROID),
    case("site.site_not_for_route", "into the muscle of the abdomen", site="abdomen"),
    case("site.site_not_for_route", "under the skin of a knee joint", route="SC", site="knee"),
    case("site.site_not_on_label", "the label names others", site="vastus lateralis"),
    case("site.site_unknown", "a word we do not know", site="left pinky muscle"),
    case("site.volume_over_usual_for_site", "2.5 mL into the deltoid", volume=q("2.5 mL")),
    case("site.side_contradicts_site", "right and left", site="right deltoid"),
    case("site.side_to_spare", "the arm of a mastectomy", visit(patient=patient(spared=(LEFT_ARM,)))),
    case(
        "site.side_to_spare", "a side of paralysis", visit(dose(site="ventrogluteal"), patient=patient(spared=(LEFT,)))
    ),
    case("site.side_to_spare", "one of two places", visit(dose(split=TWO_SITES), patient=patient(spared=(LEFT,)))),
    case("timing.given_on_another_day", "yesterday", given_at=datetime(2026, 10, 5, 9)),
    case("timing.given_on_another_day", "the next day on our clock", given_at=datetime(2026, 10, 7, 6, tzinfo=UTC)),
    case("timing.stopped_before_started", "ends first", stopped_at=datetime(2026, 10, 6, 9, 20)),
    case("timing.lasts_more_than_a_day", "to the same hour of Thursday", stopped_at=datetime(2026, 10, 8, 9, 30)),
    case("timing.charted_before_given", "charted first", charted_at=datetime(2026, 10, 6, 9, 0)),
    case("timing.charted_before_given", "signed first", signed_at=datetime(2026, 10, 6, 9, 0)),
    case("timing.charted_twice", "the same again", visit(dose(), dose(id="2"))),
    case("timing.charted_hours_later", "in the afternoon", charted_at=datetime(2026, 10, 6, 13, 22)),
    case("timing.charted_on_a_later_day", "two days later", charted_at=datetime(2026, 10, 8, 9, 0)),
    case("timing.presence_ends_before_it_begins", "from 17 to 8 o'clock", on_hand(17, 8)),
    case("timing.giver_charted_away", "Adams came at 11 and gave a dose at 9:21", on_hand(11, 17)),
    case("timing.giver_charted_away", "Adams left at 9 and gave a dose at 9:21", on_hand(8, 9)),
]

SILENT = [
    case("completeness.drug_not_charted", "a name alone", product=None),
    case("completeness.dose_not_charted", "1000 mcg"),
    case("completeness.lot_not_charted", "a lot"),
    case("completeness.lot_not_charted", "not to be had", lot=Unobtainable("vial already binned")),
    case("completeness.lot_not_charted", "taken for granted", lot=ASSUMED),
    case("completeness.expiry_not_charted", "not to be had", expires=Unobtainable("vial already binned")),
    case("completeness.expiry_not_charted", "a date", expires=date(2027, 1, 1)),
    case("completeness.ndc_not_charted", "the label says it", ndc=None),
    case("completeness.manufacturer_not_charted", "the label says it", manufacturer=None),
    case("completeness.source_not_charted", "from stock"),
    case("completeness.route_not_charted", "IM"),
    case("completeness.site_not_charted", "a site for every part", site=None, split=TWO_SITES),
    case("completeness.site_not_charted", "by mouth has no site", route="oral", site=None),
    case("completeness.side_not_charted", "the abdomen has no side", site="abdomen", side=None),
    case("completeness.side_not_charted", "the site says it", site="left deltoid", side=None),
    case("completeness.time_not_charted", "9:21"),
    case("completeness.stop_time_not_charted", "an injection needs none"),
    case("completeness.stop_time_not_charted", "charted", route="IV-push", stopped_at=datetime(2026, 10, 6, 9, 30)),
    case("completeness.split_reason_not_charted", "a reason", split=TWO_SITES),
    case("completeness.giver_not_charted", "Lee"),
    case("completeness.giver_not_charted", "the patient", given_by=None, self_given=True),
    case("completeness.giver_credential_not_charted", "CMA"),
    case("completeness.supervision_not_charted", "the visit says it"),
    case("completeness.supervision_not_charted", "a physician gave it", visit(dose(given_by=ADAMS), supervision=None)),
    case("completeness.reason_not_given_not_charted", "a reason", status=Status.REFUSED, not_given_reason="fear"),
    case("completeness.reason_not_given_not_charted", "entered in error", status=Status.ENTERED_IN_ERROR),
    case("completeness.vial_drawn_up_not_charted", "its lot", status=Status.REFUSED, discarded=q("1000 mcg")),
    case("completeness.vial_drawn_up_not_charted", "nothing was drawn up", status=Status.REFUSED, lot=None),
    case("completeness.reason_partly_given_not_charted", "a reason", status=Status.PARTLY, not_given_reason="fainted"),
    case("site.route_not_for_drug", "IM"),
    case("site.route_not_for_drug", "no routes in the file", route="IV-push", product=product(routes=frozenset())),
    case("site.site_not_for_route", "deltoid"),
    case("site.site_not_for_route", "under the skin of the abdomen", route="SC", site="abdomen"),
    case("site.site_not_on_label", "the buttock in general", site="gluteal"),
    case("site.site_not_on_label", "muscles in general", site="thigh", product=product(sites=("named-muscles",))),
    case("site.site_unknown", "deltoid"),
    case("site.volume_over_usual_for_site", "1 mL"),
    case("site.volume_over_usual_for_site", "divided", volume=q("2 mL"), split=Split(2, "volume")),
    case("site.side_contradicts_site", "left and left", site="left deltoid"),
    case("site.side_to_spare", "the other arm", visit(dose(side="right"), patient=patient(spared=(LEFT_ARM,)))),
    case("site.side_to_spare", "a leg", visit(dose(site="ventrogluteal"), patient=patient(spared=(LEFT_ARM,)))),
    case(
        "site.side_to_spare", "no side to it", visit(dose(site="abdomen", side=None), patient=patient(spared=(LEFT,)))
    ),
    case("site.side_to_spare", "a joint is where it is", visit(KNEE, patient=patient(spared=(LEFT,)))),
    case("timing.given_on_another_day", "today on our clock", given_at=datetime(2026, 10, 7, 2, tzinfo=UTC)),
    case("timing.given_on_another_day", "an unknown zone", visit(time_zone="Mars/Olympus")),
    case("timing.stopped_before_started", "in order", stopped_at=datetime(2026, 10, 6, 9, 22)),
    case("timing.lasts_more_than_a_day", "over night", stopped_at=datetime(2026, 10, 7, 8)),
    case("timing.charted_before_given", "in order"),
    case("timing.charted_before_given", "the same minute", charted_at=datetime(2026, 10, 6, 9, 21, 0)),
    case("timing.charted_hours_later", "four hours to the minute", charted_at=datetime(2026, 10, 6, 13, 21)),
    case("timing.charted_hours_later", "another day is another sentence", charted_at=datetime(2026, 10, 8, 9, 0)),
    case("timing.charted_on_a_later_day", "the same evening", charted_at=datetime(2026, 10, 6, 22, 0)),
    case("timing.presence_ends_before_it_begins", "in order", on_hand(8, 17)),
    case("timing.giver_charted_away", "Adams was there", on_hand(8, 17)),
    case("timing.giver_charted_away", "another gave it", on_hand(11, 17, Clinician("Lee", "CMA"))),
    case("timing.charted_twice", "the other arm", visit(dose(), dose(id="2", side="right"))),
    case("timing.charted_twice", "no time to tell by", visit(dose(given_at=None), dose(id="2", given_at=None))),
    case("completeness.ndc_not_charted", "a number alone", package=vial(ndc="")),
]
