"""Every address of the chart, grouped by who goes there."""

from django.urls import URLPattern, path

from injections.views.allergy import allergy_confirm
from injections.views.appointment import appointment_cancel, appointment_new
from injections.views.approval import approval_new, approval_withdraw
from injections.views.audit import audit, audit_file
from injections.views.chart import chart
from injections.views.cosign import cosign, cosign_clean, cosign_return, cosign_sign
from injections.views.coverage import coverage_new
from injections.views.discard import draft_discard
from injections.views.disclosure import disclosure_new, disclosure_take_back, disclosures, disclosures_file
from injections.views.downtime import downtime, downtime_pack
from injections.views.draft import draft_save, draft_take_over, draft_versions
from injections.views.emergency import emergencies, emergency, emergency_end
from injections.views.formulary import drug, formulary
from injections.views.hold import excursion, excursion_new, excursion_too, excursions
from injections.views.home import home
from injections.views.import_patients import import_patients, sample_patients
from injections.views.import_schedule import import_schedule, sample_schedule
from injections.views.importing import import_progress
from injections.views.incident import incident, incident_new, incidents
from injections.views.known_code import known_code_end, known_codes
from injections.views.limits import staff_locations
from injections.views.live import today_lines, today_versions
from injections.views.location import location_correct, location_new, location_place, locations
from injections.views.lot import controlled_file, controlled_log, lot
from injections.views.note import note
from injections.views.observation import watch
from injections.views.open import another_dose, open_visit
from injections.views.order import order, order_details, order_new, order_sign, order_stop
from injections.views.order_pause import order_go_on, order_pause
from injections.views.order_request import order_ask, order_renew
from injections.views.own import own, own_pin
from injections.views.patient import allergy_new, no_known_allergies, patient, patient_edit, patient_new, weight_new
from injections.views.patients import patients
from injections.views.photo import draft_photo
from injections.views.practice import practice_settings
from injections.views.presence import check_in, check_out, presence, was_here
from injections.views.protected import protected, protected_cancel
from injections.views.question import question_answer, questions
from injections.views.reaction import reaction, reaction_call, reaction_end, reaction_note, reaction_report
from injections.views.recall import recall, recall_file, recall_letters, recall_new, recall_stop, recalls
from injections.views.restriction import restriction_end, restriction_new
from injections.views.screen import come_back, screen, stay
from injections.views.second_check import second_check
from injections.views.service import service_new, service_withdraw
from injections.views.shift import shift, shift_end, shift_enter, shift_start
from injections.views.sign import correct, sign, undo, withdraw
from injections.views.spared import spared_end, spared_new
from injections.views.staff import (
    staff,
    staff_access,
    staff_activate,
    staff_deactivate,
    staff_new,
    staff_password,
    staff_phone,
    staff_pin,
    staff_sign_out,
)
from injections.views.standing_order import (
    standing_order_details,
    standing_order_end,
    standing_order_new,
    standing_orders,
)
from injections.views.standing_use import standing_order_use
from injections.views.stock import stock, stock_receive
from injections.views.today import today, work_at
from injections.views.unreceived import unreceived
from injections.views.vial import vial, vial_bring, vial_open
from injections.views.walk_in import walk_in, walk_in_for

app_name = "injections"

#: Today, charting, signing, presence
charting: list[URLPattern] = [
    path("", home, name="home"),
    path("today/", today, name="today"),
    path("downtime/", downtime, name="downtime"),
    path("downtime/<int:pk>/", downtime_pack, name="downtime_pack"),
    path("today/versions/", today_versions, name="today_versions"),
    path("today/lines/", today_lines, name="today_lines"),
    path("locations/<int:pk>/work-here/", work_at, name="work_at"),
    path("appointments/<int:pk>/open/", open_visit, name="open"),
    path("visits/<int:pk>/", chart, name="chart"),
    path("visits/<int:pk>/drafts/", draft_versions, name="draft_versions"),
    path("visits/<int:pk>/dose/", another_dose, name="another_dose"),
    path("visits/<int:pk>/note/", note, name="note"),
    path("drafts/<int:pk>/save/", draft_save, name="draft_save"),
    path("drafts/<int:pk>/photo/", draft_photo, name="draft_photo"),
    path("drafts/<int:pk>/second-check/", second_check, name="second_check"),
    path("drafts/<int:pk>/discard/", draft_discard, name="draft_discard"),
    path("drafts/<int:pk>/take-over/", draft_take_over, name="draft_take_over"),
    path("drafts/<int:pk>/sign/", sign, name="sign"),
    path("doses/<int:pk>/undo/", undo, name="undo"),
    path("doses/<int:pk>/correct/", correct, name="correct"),
    path("doses/<int:pk>/withdraw/", withdraw, name="withdraw"),
    path("doses/<int:pk>/watch/", watch, name="watch"),
    path("doses/<int:pk>/reaction/", reaction_call, name="reaction_call"),
    path("reactions/<int:pk>/", reaction, name="reaction"),
    path("reactions/<int:pk>/note/", reaction_note, name="reaction_note"),
    path("reactions/<int:pk>/end/", reaction_end, name="reaction_end"),
    path("reactions/<int:pk>/report/", reaction_report, name="reaction_report"),
    path("supervision/", presence, name="presence"),
    path("supervision/check-in/", check_in, name="check_in"),
    path("supervision/was-here/", was_here, name="was_here"),
    path("supervision/<int:pk>/check-out/", check_out, name="check_out"),
]

#: registration, orders, co-signing, staff, stock
practice: list[URLPattern] = [
    path("patients/", patients, name="patients"),
    path("patients/new/", patient_new, name="patient_new"),
    path("patients/import/", import_patients, name="import_patients"),
    path("patients/import/sample/", sample_patients, name="sample_patients"),
    path("patients/<int:pk>/", patient, name="patient"),
    path("patients/<int:pk>/edit/", patient_edit, name="patient_edit"),
    path("patients/<int:pk>/allergies/new/", allergy_new, name="allergy_new"),
    path("patients/<int:pk>/allergies/none/", no_known_allergies, name="no_known_allergies"),
    path("allergies/<int:pk>/confirm/", allergy_confirm, name="allergy_confirm"),
    path("patients/<int:pk>/spared/new/", spared_new, name="spared_new"),
    path("spared/<int:pk>/end/", spared_end, name="spared_end"),
    path("patients/<int:pk>/weight/", weight_new, name="weight_new"),
    path("patients/<int:pk>/coverage/new/", coverage_new, name="coverage_new"),
    path("patients/<int:pk>/approvals/new/", approval_new, name="approval_new"),
    path("approvals/<int:pk>/withdraw/", approval_withdraw, name="approval_withdraw"),
    path("patients/<int:pk>/book/", appointment_new, name="appointment_new"),
    path("patients/<int:pk>/walk-in/", walk_in_for, name="walk_in_for"),
    path("patients/<int:pk>/disclosures/", disclosures, name="disclosures"),
    path("patients/<int:pk>/disclosures/file/", disclosures_file, name="disclosures_file"),
    path("patients/<int:pk>/disclosures/new/", disclosure_new, name="disclosure_new"),
    path("disclosures/<int:pk>/take-back/", disclosure_take_back, name="disclosure_take_back"),
    path("patients/<int:pk>/orders/new/", order_new, name="order_new"),
    path("patients/<int:pk>/orders/new/<int:drug>/", order_details, name="order_details"),
    path("patients/<int:pk>/restrictions/new/", restriction_new, name="restriction_new"),
    path("restrictions/<int:pk>/end/", restriction_end, name="restriction_end"),
    path("walk-in/", walk_in, name="walk_in"),
    path("patients/<int:pk>/standing-orders/", standing_order_use, name="standing_order_use"),
    path("standing-orders/", standing_orders, name="standing_orders"),
    path("standing-orders/new/", standing_order_new, name="standing_order_new"),
    path("standing-orders/new/<int:drug>/", standing_order_details, name="standing_order_details"),
    path("standing-orders/<int:pk>/end/", standing_order_end, name="standing_order_end"),
    path("appointments/<int:pk>/cancel/", appointment_cancel, name="appointment_cancel"),
    path("appointments/protected/", protected, name="protected"),
    path("appointments/protected/<int:pk>/cancel/", protected_cancel, name="protected_cancel"),
    path("schedule/import/", import_schedule, name="import_schedule"),
    path("schedule/import/sample/", sample_schedule, name="sample_schedule"),
    path("imports/<int:pk>/progress/", import_progress, name="import_progress"),
    path("formulary/", formulary, name="formulary"),
    path("formulary/<slug:product>/", drug, name="drug"),
    path("orders/<int:pk>/", order, name="order"),
    path("orders/<int:pk>/ask/", order_ask, name="order_ask"),
    path("orders/<int:pk>/pause/", order_pause, name="order_pause"),
    path("orders/<int:pk>/go-on/", order_go_on, name="order_go_on"),
    path("orders/<int:pk>/renew/", order_renew, name="order_renew"),
    path("orders/<int:pk>/sign/", order_sign, name="order_sign"),
    path("orders/<int:pk>/stop/", order_stop, name="order_stop"),
    path("co-sign/", cosign, name="cosign"),
    path("co-sign/clean/", cosign_clean, name="cosign_clean"),
    path("co-sign/<int:pk>/", cosign, name="cosign_one"),
    path("co-sign/<int:pk>/sign/", cosign_sign, name="cosign_sign"),
    path("co-sign/<int:pk>/return/", cosign_return, name="cosign_return"),
    path("visits/<int:pk>/services/new/", service_new, name="service_new"),
    path("services/<int:pk>/withdraw/", service_withdraw, name="service_withdraw"),
    path("questions/", questions, name="questions"),
    path("questions/<int:pk>/", question_answer, name="question_answer"),
    path("staff/", staff, name="staff"),
    path("staff/new/", staff_new, name="staff_new"),
    path("staff/<int:pk>/", staff_access, name="staff_access"),
    path("staff/<int:pk>/locations/", staff_locations, name="staff_locations"),
    path("staff/<int:pk>/phone/", staff_phone, name="staff_phone"),
    path("staff/<int:pk>/pin/", staff_pin, name="staff_pin"),
    path("staff/<int:pk>/sign-out/", staff_sign_out, name="staff_sign_out"),
    path("staff/<int:pk>/password/", staff_password, name="staff_password"),
    path("staff/<int:pk>/deactivate/", staff_deactivate, name="staff_deactivate"),
    path("staff/<int:pk>/activate/", staff_activate, name="staff_activate"),
    path("practice/", practice_settings, name="practice_settings"),
    path("locations/", locations, name="locations"),
    path("locations/new/", location_new, name="location_new"),
    path("locations/<int:pk>/", location_correct, name="location_correct"),
    path("locations/<int:pk>/place/", location_place, name="location_place"),
    path("audit/", audit, name="audit"),
    path("audit/file/", audit_file, name="audit_file"),
    path("emergency/", emergency, name="emergency"),
    path("emergencies/", emergencies, name="emergencies"),
    path("emergencies/<int:pk>/end/", emergency_end, name="emergency_end"),
    path("stock/", stock, name="stock"),
    path("stock/receive/", stock_receive, name="stock_receive"),
    path("stock/never-received/", unreceived, name="unreceived"),
    path("stock/controlled/", controlled_log, name="controlled_log"),
    path("stock/controlled/file/", controlled_file, name="controlled_file"),
    path("stock/codes/", known_codes, name="known_codes"),
    path("codes/<int:pk>/end/", known_code_end, name="known_code_end"),
    path("cold-chain/", excursions, name="excursions"),
    path("cold-chain/new/", excursion_new, name="excursion_new"),
    path("cold-chain/<int:pk>/", excursion, name="excursion"),
    path("cold-chain/<int:pk>/more/", excursion_too, name="excursion_too"),
    path("lots/<int:pk>/", lot, name="lot"),
    path("lots/<int:pk>/open/", vial_open, name="vial_open"),
    path("vials/<int:pk>/", vial, name="vial"),
    path("vials/<int:pk>/move/", vial_bring, name="vial_bring"),
    path("incidents/", incidents, name="incidents"),
    path("incidents/new/", incident_new, name="incident_new"),
    path("incidents/<int:pk>/", incident, name="incident"),
    path("recalls/", recalls, name="recalls"),
    path("recalls/new/", recall_new, name="recall_new"),
    path("recalls/stop/", recall_stop, name="recall_stop"),
    path("recalls/<int:pk>/", recall, name="recall"),
    path("recalls/<int:pk>/file/", recall_file, name="recall_file"),
    path("recalls/<int:pk>/letters/", recall_letters, name="recall_letters"),
]

#: who is at the screen
screens: list[URLPattern] = [
    path("screen/", screen, name="screen"),
    path("screen/stay/", stay, name="stay"),
    path("screen/back/", come_back, name="come_back"),
    path("me/", own, name="own"),
    path("me/pin/", own_pin, name="own_pin"),
    path("shift/", shift, name="shift"),
    path("shift/enter/", shift_enter, name="shift_enter"),
    path("shift/start/", shift_start, name="shift_start"),
    path("shift/end/", shift_end, name="shift_end"),
]

urlpatterns = charting + practice + screens
