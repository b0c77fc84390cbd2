"""The groups of the five roles, so that a person can be given one from the first moment.

What each may do is written by ``manage.py sync_roles``: permissions exist only after every
migration has run.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROLES = ("comms", "editor", "specialist", "analyst", "administrator")


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One group a role."""
    groups = apps.get_model("auth", "Group")
    for name in ROLES:
        groups.objects.get_or_create(name=name)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the groups away, and with them who had which role."""
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [
        ("accounts", "0001_user"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(make, remove)]
