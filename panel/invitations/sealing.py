"""What a second person says yes to, as one hash: words, recipients, ways and days."""

from __future__ import annotations

import hashlib
import json

from panel.invitations.models import Campaign


def seal(campaign: Campaign) -> str:
    """SHA-256 over everything that would go out.

    A change of any of it is another seal.
    """
    content = {
        "template": [campaign.template_id, campaign.template.subject, campaign.template.body],
        "reminder": [campaign.template.reminder_subject, campaign.template.reminder],
        "reply": campaign.template.reply,
        "days": campaign.valid_days,
        "recipients": [
            [pk, commenter, way, email]
            for pk, commenter, way, email in campaign.invitations.order_by("pk").values_list(
                "pk", "commenter_id", "way", "email"
            )
        ],
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
