from django.db import migrations

FIELDS = ("started_by_id", "started_at", "reason", "ended_by_id", "ended_at", "is_on")


def there(apps, schema_editor):
    """The outbox keeps the pauses now; the trail names them by what they were."""
    move(apps.get_model("publishing", "Pause"), apps.get_model("outbox", "Pause"))


def back(apps, schema_editor):
    """Only pauses of everything: nothing here knows of a channel's."""
    whole = apps.get_model("outbox", "Pause").objects.filter(channel__isnull=True)
    move(whole.model, apps.get_model("publishing", "Pause"), whole)


def move(source, target, rows=None):
    rows = source.objects.all() if rows is None else rows
    target.objects.bulk_create(
        target(**{field: getattr(row, field) for field in FIELDS}) for row in rows.order_by("pk")
    )
    rows.delete()


class Migration(migrations.Migration):
    dependencies = [("publishing", "0003_outbox")]

    operations = [migrations.RunPython(there, back)]
