"""What the chart tells and asks the rest of the product. Receivers may answer; the chart never knows who they are."""

from django.dispatch import Signal

#: ``encounter`` (facts.Encounter), ``encounter_row``: what would stand in the way of signing this? Answers: findings.
encounter_about_to_sign = Signal()

#: ``encounter_row``, ``by``: a dose of this encounter was signed, in the transaction that signs it.
encounter_signed = Signal()

#: ``encounter_row``, ``by``: something that a claim depends on changed after a signature, in its transaction.
encounter_amended = Signal()

#: no arguments: which payers may a coverage name? Answers: a list of (key, name).
payers_asked = Signal()

#: ``approval`` (row), ``doses`` (facts): how many units of it are on claims, and how many would each of these doses to
#: come take? Answers: (units so far, (units or ``None`` for each dose)).
approved_units_asked = Signal()

#: ``patient``, ``since``, ``until`` (times): what left the practice about them? Answers: lists of Disclosure, as in
#: ``injections.reading.disclosures``.
disclosures_asked = Signal()
