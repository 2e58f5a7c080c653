"""Signing in one word, for tests about what signing does."""

import pytest

from injections.actions import signing
from injections.actions.errors import Refused
from injections.models import Administration
from tests.factories import (
    NOW,
    proof_of,
)


def sign(draft, **how):
    by = how.pop("by", draft.author)
    proof = how.pop("proof") if "proof" in how else proof_of(by)
    return signing.sign(draft=draft, by=by, proof=proof, now=how.pop("now", NOW), **how)


def refusal(draft, **how):
    with pytest.raises(Refused) as refused:
        sign(draft, **how)
    assert not Administration.objects.filter(submission_key=draft.submission_key).exists()
    return refused.value
