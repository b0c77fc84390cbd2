"""The table of the shared cache: rate limits that every process counts in the same place."""

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "medspil_cache"


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As ``manage.py createcachetable`` makes it, which does nothing where it exists."""
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A cache holds nothing that cannot be lost."""
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    """A table no model knows."""

    dependencies = [("accounts", "0002_roles")]

    operations = [migrations.RunPython(make, remove)]
