"""The log by the name of a person or a patient is read from an index, each name by time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("injections", "0019_asking_about_orders"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="auditevent",
            name="audit_by_person",
        ),
        migrations.RemoveIndex(
            model_name="auditevent",
            name="audit_by_patient",
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["practice_id", "person_id", "at", "id"], name="audit_by_person"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["practice_id", "patient_id", "at", "id"], name="audit_by_patient"),
        ),
    ]
