"""The rows of the chart, one file per noun."""

from injections.models.access import EmergencyAccess, EmergencyEnd, LocationLimit
from injections.models.administration import Administration, AdministrationDraft
from injections.models.appointment import Appointment
from injections.models.approval import Approval
from injections.models.audit import AuditEvent, Seal
from injections.models.coverage import Coverage
from injections.models.disclosure import DisclosureMade, DisclosureTakenBack
from injections.models.downtime import DowntimePack
from injections.models.encounter import Encounter, Service
from injections.models.hold import Excursion, HeldLot, HoldEnd
from injections.models.incident import Incident, IncidentNote
from injections.models.known_code import KnownCode, KnownCodeEnd
from injections.models.location_fact import LocationFact
from injections.models.location_place import LocationPlace
from injections.models.observation import Observation
from injections.models.order import Order
from injections.models.order_pause import OrderPause
from injections.models.order_request import OrderRequest
from injections.models.outbox import OutboxMessage
from injections.models.patient import Allergy, Patient
from injections.models.practice import Location, Practice
from injections.models.presence import Presence
from injections.models.product import Coding, Package, Product
from injections.models.question import Question
from injections.models.reaction import Reaction, ReactionEntry
from injections.models.recall import Recall, RecallContact
from injections.models.restriction import Restriction, RestrictionEnd
from injections.models.sign_in import Pin, Shift, SignIn, Tries
from injections.models.signature import Signature
from injections.models.spared import SparedSide, SparedSideEnd
from injections.models.staff import Staff
from injections.models.standing_order import StandingOrder, StandingOrderEnd
from injections.models.stock import Lot, StockMove
from injections.models.upload import Upload
from injections.models.vial import OpenedVial, VialMove

__all__ = [
    "Administration",
    "AdministrationDraft",
    "Allergy",
    "Appointment",
    "Approval",
    "AuditEvent",
    "Coding",
    "Coverage",
    "DisclosureMade",
    "DisclosureTakenBack",
    "DowntimePack",
    "EmergencyAccess",
    "EmergencyEnd",
    "Encounter",
    "Excursion",
    "HeldLot",
    "HoldEnd",
    "Incident",
    "IncidentNote",
    "KnownCode",
    "KnownCodeEnd",
    "Location",
    "LocationFact",
    "LocationLimit",
    "LocationPlace",
    "Lot",
    "Observation",
    "OpenedVial",
    "Order",
    "OrderPause",
    "OrderRequest",
    "OutboxMessage",
    "Package",
    "Patient",
    "Pin",
    "Practice",
    "Presence",
    "Product",
    "Question",
    "Reaction",
    "ReactionEntry",
    "Recall",
    "RecallContact",
    "Restriction",
    "RestrictionEnd",
    "Seal",
    "Service",
    "Shift",
    "SignIn",
    "Signature",
    "SparedSide",
    "SparedSideEnd",
    "Staff",
    "StandingOrder",
    "StandingOrderEnd",
    "StockMove",
    "Tries",
    "Upload",
    "VialMove",
]
