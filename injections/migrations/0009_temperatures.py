"""A tenth of a degree Fahrenheit is kept as it was read: hundredths of a degree Celsius."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("injections", "0008_watched_and_fenced"),
    ]

    operations = [
        migrations.AlterField(
            model_name="excursion",
            name="celsius",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True),
        ),
    ]
