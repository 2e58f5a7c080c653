"""The settings of the product, but for how long a proof takes to check.

What proves a signer costs a third of a second of processor time on purpose. The subject here is what is kept of ten
thousand signatures, not who made them: promises 12 and 24 test the real hash.
"""

from config.settings import *  # noqa: F403 - the same settings but for what follows
from config.settings import PASSWORD_HASHERS as REAL

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *REAL]
