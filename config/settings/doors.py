"""Who comes in and how, and what a browser may do with our pages. Part of ``base``.

The code is in ``panel/accounts``; what is required of it, and why, in docs/features/accounts.md.
"""

from __future__ import annotations

from csp.constants import NONCE, NONE, SELF

# --- Getting in -----------------------------------------------------------------------------------

# There are no passwords: a code by e-mail or a passkey, and for staff a second key
# (panel/accounts).
AUTHENTICATION_BACKENDS = ["panel.accounts.backends.AccountBackend"]
SESSION_SERIALIZER = "panel.accounts.sessions.EncryptedSerializer"
SESSION_COOKIE_AGE = 14 * 24 * 3600
STAFF_SESSION_AGE = 12 * 3600

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "members:home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "panel.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# "key" is the address, or the session that answers with a code.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "confirm_login_code": "60/10m/ip,5/10m/key",
    # Ideas for stories (cms/stories/tips): "key" is everybody together, or the address told.
    "tip_try": "60/h/ip",
    "tip": "20/h/ip,200/h/key",
    "tip_confirmation": "1/d/key",
}
ACCOUNT_FORMS = {
    "request_login_code": "panel.accounts.forms.EmailFirstForm",
    "confirm_login_code": "panel.accounts.forms.CodeFromEmailForm",
    "confirm_email_verification_code": "panel.accounts.forms.NewEmailCodeForm",
    "add_email": "panel.accounts.forms.NewEmailForm",
}
MFA_ADAPTER = "panel.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "panel.accounts.forms.SecondFactorForm",
    "reauthenticate": "panel.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "panel.accounts.forms.NewAppForm",
    "add_webauthn": "panel.accounts.forms.NewPasskeyForm",
    "edit_webauthn": "panel.accounts.forms.PasskeyNameForm",
}

# --- Safety ---------------------------------------------------------------------------------------

# Everything from ourselves and nothing inline (S10). Wagtail's own inline pieces get a nonce.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
# Wagtail says "same origin" itself where it previews; newer browsers ask frame-ancestors instead.
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
