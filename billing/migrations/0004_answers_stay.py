"""Answers, decisions and exports take no change, and an answer supersedes one about the same visit only."""

from django.db import migrations

SEALED = [
    # the answer about a visit, and all it consists of
    "review", "gap", "notbilled", "claimline",
    # what people decided about it, and what was sent
    "decision", "export", "exportedline",
    # which edition answered, and the files it was made from
    "editionrow", "shippedfiles",
]  # fmt: skip

SAME_VISIT = """
ALTER TABLE billing_review ADD CONSTRAINT review_and_encounter UNIQUE (id, encounter_id);
ALTER TABLE billing_review ADD CONSTRAINT review_supersedes_same_visit
    FOREIGN KEY (supersedes_id, encounter_id) REFERENCES billing_review (id, encounter_id);
"""


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("billing", "0009_replay_runs")]

    dependencies = [("billing", "0003_reviews_and_exports"), ("injections", "0007_signed_is_signed")]

    operations = [
        migrations.RunSQL(SAME_VISIT, migrations.RunSQL.noop),
        migrations.RunSQL(
            "".join(f"SELECT seal_table('billing_{table}');" for table in SEALED), migrations.RunSQL.noop
        ),
    ]
