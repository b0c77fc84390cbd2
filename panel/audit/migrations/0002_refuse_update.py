"""The database itself refuses to change an event, whoever asks.

Removing rows is left to the hash chain to tell of: retention must be able to, and emptying a test
database too.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = """
CREATE FUNCTION audit_event_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The trail is append-only: an event is never changed.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_refuse_update();
"""

SQLITE = """
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
BEGIN
    SELECT RAISE(ABORT, 'The trail is append-only: an event is never changed.');
END
"""


def refuse(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the trigger in place."""
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the trigger away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_event_no_update ON audit_event")
        schema_editor.execute("DROP FUNCTION audit_event_refuse_update()")
    else:
        schema_editor.execute("DROP TRIGGER audit_event_no_update")


class Migration(migrations.Migration):
    """A trigger on both databases."""

    dependencies = [("audit", "0001_event")]

    operations = [migrations.RunPython(refuse, allow)]
