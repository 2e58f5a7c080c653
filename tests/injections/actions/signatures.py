"""Signing in one word, for tests about what signing does."""

import pytest

from injections.actions import signing
from injections.actions.errors import Refused
from injections.models import Administration
from tests.factories import (
    NOW,
)


def sign(draft, **how):
    return signing.sign(draft=draft, by=how.pop("by", draft.author), now=how.pop("now", NOW), **how)


def refusal(draft, **how):
    with pytest.raises(Refused) as refused:
        sign(draft, **how)
    assert not Administration.objects.filter(submission_key=draft.submission_key).exists()
    return refused.value
