"""Who may open which address: data only, read by ``test_permission_matrix.py`` (trust S6).

The first row whose pattern fits the beginning of an address's route decides. A route without a row
fails the test, so that nobody adds an address without saying who it is for. Keep the narrow above
the wide.
"""

from __future__ import annotations

from typing import Final

ANONYMOUS, MEMBER, INACTIVE, HALF = "anonymous", "member", "inactive", "half"
COMMS, EDITOR, SPECIALIST, ANALYST, ADMINISTRATOR = (
    "comms",
    "editor",
    "specialist",
    "analyst",
    "administrator",
)

# *inactive* has a session from before their account was closed; *half* is an administrator who has
# not set up a second key yet.
EVERYBODY: Final = (
    ANONYMOUS,
    MEMBER,
    COMMS,
    EDITOR,
    SPECIALIST,
    ANALYST,
    ADMINISTRATOR,
    INACTIVE,
    HALF,
)

Who = frozenset[str]

PUBLIC: Final[Who] = frozenset(EVERYBODY)
SIGNED_IN: Final[Who] = PUBLIC - {ANONYMOUS, INACTIVE}
STAFF: Final[Who] = frozenset({COMMS, EDITOR, SPECIALIST, ANALYST, ADMINISTRATOR})
NOBODY: Final[Who] = frozenset()
# Who writes the site's pages, and who reads what citizens write.
WRITERS: Final[Who] = frozenset({COMMS, EDITOR})
LISTENERS: Final[Who] = frozenset({COMMS, EDITOR, ADMINISTRATOR})
READERS: Final[Who] = LISTENERS | {SPECIALIST}
PANEL: Final[Who] = LISTENERS | {ANALYST}
OWNERS: Final[Who] = frozenset({EDITOR, ADMINISTRATOR})
MENDERS: Final[Who] = frozenset({COMMS, ADMINISTRATOR})
EDITORS: Final[Who] = frozenset({EDITOR})
ADMINISTRATORS: Final[Who] = frozenset({ADMINISTRATOR})

RULES: Final[tuple[tuple[str, Who], ...]] = (
    # --- For everybody ---
    # Signed by a network or refused: who is signed in has nothing to do with it.
    (r"webhooks/facebook/$", NOBODY),
    (r"(healthz|readyz|robots\.txt|sitemap\.xml|tema\.css|ikon\.svg|favicon\.ico|was/?)$", PUBLIC),
    (r"\^?(media|dokumenter)/", PUBLIC),
    (r"(soeg|komponenter)/$", PUBLIC),
    (r"tip/", PUBLIC),
    (r"(historier/feed\.atom$|kort/)", PUBLIC),
    # The address is the key.
    (r"network-picture/<str:token>\.jpg$", PUBLIC),
    (r"kalender/<str:token>\.ics$", PUBLIC),
    (r"\^\(\(\?:", PUBLIC),
    # --- The ways in ---
    (r"konto/($|login|logout|inactive|signup|\^password)", PUBLIC),
    (r"konto/2fa/(authenticate|webauthn/login)/", PUBLIC),
    (r"konto/(reauthenticate|2fa/reauthenticate|2fa/webauthn/reauthenticate)/", STAFF),
    (r"konto/", SIGNED_IN),
    # --- Invitations and objections: the link is the key ---
    (r"(i|k)/", PUBLIC),
    (r"(nej-tak|indsigelse)/", PUBLIC),
    # --- Members ---
    (r"deltag/(om-dig|velkommen)/", SIGNED_IN),
    (r"(deltag|farvel)/", PUBLIC),
    (r"min-side/", SIGNED_IN),
    # --- The staff door, and accounts ---
    (r"admin/(login|logout)/", PUBLIC),
    (r"admin/bulk/accounts/user", NOBODY),
    (r"admin/users/delete/", NOBODY),
    (r"admin/users/", ADMINISTRATORS),
    (r"admin/groups/", NOBODY),
    (r"admin/(account|password_reset)/", STAFF),
    # --- Ours ---
    (r"admin/reports/trail/", OWNERS),
    (r"admin/jobs/<int:pk>/(run-again|discard)/", ADMINISTRATORS),
    (r"admin/jobs/", MENDERS),
    (r"admin/asking/", LISTENERS),
    (r"admin/(imports|channels)/", MENDERS),
    (r"admin/outbox/(channels/)?<int:pk>/[a-z]", LISTENERS),
    (r"admin/outbox/", STAFF),
    (r"admin/comments/<uuid:public_id>/(hide|show)/", LISTENERS),
    # Who speaks for the municipality; not who connects its channels.
    (r"admin/comments/<uuid:public_id>/reply/", WRITERS),
    (r"admin/threads/<uuid:public_id>/(competition|department)/", LISTENERS),
    (r"admin/(threads|comments)/", READERS),
    (r"admin/vanished/", LISTENERS),
    (r"admin/(candidates|shortlists)/", LISTENERS),
    (r"admin/basis/(new|<int:pk>/withdraw)/", OWNERS),
    (r"admin/basis/", LISTENERS),
    (r"admin/panel/", PANEL),
    (r"admin/consent_texts/(new|<int:pk>/publish)/", OWNERS),
    (r"admin/consent_texts/", PANEL),
    (r"admin/(areas|interests|departments)/", OWNERS),
    (r"admin/(campaigns/<int:pk>/release|invitation_templates/<int:pk>/approve)/", OWNERS),
    (r"admin/(campaigns|invitation_templates)/", LISTENERS),
    # Whose idea it is decides: who sees all has a permission, others their own.
    (r"admin/ideas/", STAFF),
    (r"admin/udgivelser/<int:pk>/(hold-back|go-on|cancel|move|take-down)/", WRITERS),
    (r"admin/udgivelser/post/<int:pk>/(posted|not-posted|give-up)/", WRITERS),
    (r"admin/udgivelser/pause/end/", LISTENERS),
    (r"admin/udgivelser/", STAFF),
    (r"admin/godkend/$", EDITORS),
    (r"admin/(godkend|historier)/<", WRITERS),
    # --- Wagtail's pages, pictures and documents ---
    # These lead on, or say that there is no workflow, without a word about the page.
    (r"admin/pages/(workflow/confirm_cancellation/|<int:page_id>/revisions/$)", STAFF),
    (r"admin/pages/<int:page_to_move_id>/move/<", STAFF),
    (r"admin/pages/workflow/preview/", NOBODY),
    (r"admin/pages/", WRITERS),
    (r"admin/images/chooser/(create/|chosen/|<int:image_id>/)", WRITERS),
    (r"admin/images/chooser/", STAFF),
    (r"admin/images/", WRITERS),
    (r"admin/documents/chooser/create/", WRITERS),
    (r"admin/documents/chooser/", STAFF),
    (r"admin/documents/", WRITERS),
    (r"admin/translation/", WRITERS),
    (r"admin/forms/submissions/<int:page_id>/delete/", NOBODY),
    (r"admin/forms/", WRITERS),
    (r"admin/reports/site-history/", STAFF),
    (r"admin/reports/locked/", EDITORS),
    (r"admin/reports/", WRITERS),
    # --- Wagtail's, that nobody but a superuser needs ---
    (r"admin/workflows/task_chooser/", STAFF),
    (r"admin/(workflows|locales|sites|snippets|collections|redirects)/", NOBODY),
    (r"admin/settings/", OWNERS),
    # --- Wagtail's furniture: every colleague needs it, and it shows what they may see ---
    (r"admin/(api/main|bulk|tag-autocomplete|editing-sessions|dismissibles|embeds)/", STAFF),
    (r"admin/(choose-[a-z]+(-link)?|block-preview|sprite|jsi18n|test404|failwhale)/", STAFF),
    (r"admin/(\^\.\*/\$)?$", STAFF),
)
