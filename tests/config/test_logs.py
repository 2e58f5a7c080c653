"""A log line says when, where and whose request, and never what was typed or about whom."""

import json
import logging
import logging.config

import pytest
import structlog
from django.db import DataError

from config.logs import logging_config, places, sentence
from tests.listening import listening

CANARY = "Zzyzx-Canary"


@pytest.fixture(autouse=True)
def as_before():
    """Configuring logs changes the whole process."""
    before = logging.raiseExceptions
    yield
    logging.raiseExceptions = before


@pytest.fixture
def lines():
    """What the settings' own handler writes, as events."""
    with listening() as stream:
        yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def record(template, *arguments, logger="some.library"):
    made = logging.LogRecord(logger, logging.INFO, __file__, 1, template, arguments or None, None)
    return made.msg, made.args, made.name


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (record("sent %d messages", 3), "sent 3 messages"),
        (record("patient %s not found", CANARY), "patient (withheld) not found"),
        (record("patient %d", CANARY), "patient %d (withheld)"),
        (record(ValueError(CANARY)), "(withheld) ValueError"),
        (record("%s: %s", "Not Found", f"/patients?q={CANARY}", logger="django.request"), "Not Found: /patients"),
        (record("%s: %s", "Bad", ValueError(CANARY), logger="django.request"), "Bad: ValueError"),
        (
            record("Task %(name)s[%(id)s] raised: %(exc)s", {"name": "t", "id": "1", "exc": CANARY, "args": CANARY}),
            "Task t[1] raised: (withheld)",
        ),
        (record("Task %(missing)s", {"name": "t"}), "Task (withheld)"),
    ],
)
def test_a_sentence_keeps_ids_and_drops_what_could_name_somebody(said, kept):
    assert sentence(*said) == kept


def test_an_exception_keeps_its_kind_and_place_and_what_it_came_from(lines):
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as missing:
            raise DataError(f"Key (mrn)=({CANARY})") from missing
    except DataError:
        structlog.get_logger("injections.test").exception("signing_failed", patient=CANARY, request=f"/x?q={CANARY}")
    (event,) = lines()
    assert [each["type"] for each in event["problem"]] == ["DataError", "KeyError"]
    assert event["problem"][0]["at"][-1].startswith("tests/config/test_logs.py:")
    assert event["request"] == "/x"
    assert CANARY not in json.dumps(event)


def test_a_place_names_the_file_without_the_machine():
    with pytest.raises(ValueError, match="Expecting") as problem:
        json.loads("[")
    assert places(problem.tb)[-1].startswith("json/decoder.py:")


@pytest.mark.django_db
def test_a_request_has_an_id_and_its_query_is_not_kept(client, lines):
    client.get("/patients/", {"q": CANARY})
    client.get(f"/nowhere/?name={CANARY}")
    told = [event for event in lines() if event["event"] == "request_finished"]
    assert [event["request"] for event in told] == ["GET /patients/", "GET /nowhere/"]
    assert all(len(event["request_id"]) == 36 for event in told)
    assert CANARY not in json.dumps(lines())


def test_on_a_desk_too_an_exception_is_one_readable_line():
    config = logging_config(level="DEBUG", debug=True)["formatters"]["event"]
    formatter = config.pop("()")(**config)
    made = logging.LogRecord("x", logging.ERROR, __file__, 1, "broke", None, (DataError, DataError(CANARY), None))
    line = formatter.format(made)
    assert "DataError" in line
    assert CANARY not in line
