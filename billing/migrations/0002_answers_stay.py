"""Answers, decisions and exports take no change, and an answer supersedes one about the same visit only."""

from django.db import migrations

SEALED = [
    "billing_review",
    "billing_gap",
    "billing_notbilled",
    "billing_claimline",
    "billing_decision",
    "billing_export",
    "billing_exportedline",
    "billing_editionrow",
]

SAME_VISIT = """
ALTER TABLE billing_review ADD CONSTRAINT review_and_encounter UNIQUE (id, encounter_id);
ALTER TABLE billing_review ADD CONSTRAINT review_supersedes_same_visit
    FOREIGN KEY (supersedes_id, encounter_id) REFERENCES billing_review (id, encounter_id);
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial"), ("injections", "0002_signed_is_signed")]

    operations = [
        migrations.RunSQL(SAME_VISIT, migrations.RunSQL.noop),
        *(migrations.RunSQL(f"SELECT seal_table('{table}')", migrations.RunSQL.noop) for table in SEALED),
    ]
