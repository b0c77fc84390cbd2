"""The words new members say yes to until the municipality publishes its own."""

from django.db import migrations
from django.utils import timezone

DANISH = """\
Jeg siger ja til at være med i kommunens borgerpanel.

Det betyder:

- Kommunen må skrive til mig på e-mail, når der er noget, den gerne vil høre min mening om.
- Det er frivilligt, om jeg svarer. Jeg kan springe over hver gang.
- Kommunen gemmer min e-mailadresse og det, jeg selv vælger at fortælle om mig. Det bliver kun brugt til panelet.
- Mine svar bliver vist sammen med de andres, så ingen kan se, hvad netop jeg har svaret.
- Jeg kan altid se og hente det, kommunen har om mig, rette det og melde mig ud. Når jeg melder mig ud, bliver mine oplysninger slettet.
- Har jeg ikke brugt panelet i 12 måneder, spørger kommunen, om jeg stadig vil være med. Hører den ikke fra mig, bliver mine oplysninger slettet efter 18 måneder.

Mit samtykke er grundlaget for, at kommunen må gemme oplysningerne (databeskyttelsesforordningens artikel 6, stk. 1, litra a). Jeg kan trække det tilbage når som helst.
"""

ENGLISH = """\
I say yes to being part of the municipality's citizen panel.

That means:

- The municipality may e-mail me when there is something it would like my opinion on.
- Answering is voluntary. I may skip every single time.
- The municipality keeps my e-mail address and what I choose to tell about myself. It is used for the panel only.
- My answers are shown together with everybody else's, so that nobody can see what I answered.
- I can always see and download what the municipality knows about me, correct it, and leave. When I leave, my information is deleted.
- If I have not used the panel for 12 months, the municipality asks whether I still want to be part of it. If it does not hear from me, my information is deleted after 18 months.

My consent is what allows the municipality to keep this information (General Data Protection Regulation, article 6(1)(a)). I can withdraw it at any time.
"""


def publish(apps, schema_editor):
    """Version 1 in both languages."""
    texts = apps.get_model("members", "ConsentText")
    for language, text in (("da", DANISH), ("en", ENGLISH)):
        texts.objects.get_or_create(
            version=1, language=language, defaults={"text": text, "published_at": timezone.now()}
        )


def take_back(apps, schema_editor):
    """Only texts nobody agreed to can go."""
    apps.get_model("members", "ConsentText").objects.filter(
        version=1, consents__isnull=True
    ).delete()


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("members", "0001_members_and_consent")]

    operations = [migrations.RunPython(publish, take_back)]
