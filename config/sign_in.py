"""The settings of signing in, kept apart from the others so that they can be reviewed as one."""

AUTH_USER_MODEL = "injections.Staff"
AUTHENTICATION_BACKENDS = ["config.backends.StaffBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # what was hashed before is hashed anew at the next sign-in
]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "config.passwords.NotBreached"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "injections:home"

ACCOUNT_ADAPTER = "config.accounts.StaffOnly"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]  # sign-up itself is closed
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 300  # seconds from the password to the code
ACCOUNT_RATE_LIMITS = {
    # allauth would count right and wrong tries of an address alike: the whole practice sits behind one.
    "login": None,
    # Wrong tries by address and by name. A device on which somebody has signed in before has its own count
    # (config.accounts), so that guessing from elsewhere locks nobody out.
    "login_failed": "10/m/ip,18/h/ip,5/5m/key,15/h/key",
    "login_failed_known": "10/5m/key",
}

MFA_ADAPTER = "config.second_factor.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "config.second_factor.CodeForm",
    "activate_totp": "config.second_factor.EnrolForm",
    "add_webauthn": "config.passkeys.AddPasskeyForm",
    "authenticate_webauthn": "config.passkeys.PasskeyForm",
    "login_webauthn": "config.passkeys.PasskeyAloneForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # the device asks for finger, face or lock code: two factors in one
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # there is nothing to guess, and a practice shares one address
MFA_TOTP_ISSUER = "Deltoid"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off; no code works twice all the same
MFA_RECOVERY_CODES_SHOW_ONCE = True

__all__ = [name for name in dir() if name.isupper() and not name.startswith("_")]
