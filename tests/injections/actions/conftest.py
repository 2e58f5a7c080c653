"""What the tests of the actions share."""

import pytest

from injections import signals


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch):
    """What the rest of the product does with the news is not looked at here."""
    for signal in (signals.encounter_about_to_sign, signals.encounter_signed, signals.encounter_amended):
        monkeypatch.setattr(signal, "receivers", [])


@pytest.fixture
def listen(monkeypatch):
    """Have one receiver hear a signal."""

    def to(signal, receiver):
        monkeypatch.setattr(signal, "receivers", [])
        signal.connect(receiver, weak=False)

    return to


@pytest.fixture
def amended(listen):
    """The visits that were told to be amended, in order."""
    heard = []
    listen(signals.encounter_amended, lambda encounter_row, by, **more: heard.append(encounter_row.pk))
    return heard
