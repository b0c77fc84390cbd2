from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_pauses_to_outbox")]

    operations = [migrations.DeleteModel(name="Pause")]
