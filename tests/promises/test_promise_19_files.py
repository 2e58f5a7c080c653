"""Mutated files for every importer: taken whole or refused whole, quickly, and in little memory."""

# ruff: noqa: E501 - tables of examples keep to a line

import gzip
import io
import random
import re
import resource
import time
import zipfile
from datetime import date

import pytest

from billing.imports import KINDS
from billing.imports.periods import Asked
from billing.imports.refusal import Refused
from billing.imports.source import Source
from injections import limits
from injections.imports import patients, schedule
from tests.billing.imports.samples import SAMPLES

SECONDS, MEGABYTES = 5.0, 300
TODAY = date(2026, 11, 21)
PAYERS = {"medicare-b": "Medicare Part B", "aetna": "Aetna"}


def read_patients(content):
    return patients.read_patients(content, payers=PAYERS, today=TODAY)


def read_schedule(content):
    return schedule.read_schedule(content, locations={"1": "Main Street"}, today=TODAY)


CSVS = {"patients": (read_patients, patients.SAMPLE), "schedule": (read_schedule, schedule.SAMPLE)}


# --- what goes wrong with a file ---


def cut(content, pick):
    return content[: pick.randrange(len(content))]


def flipped(content, pick):
    changed = bytearray(content)
    for _ in range(pick.randrange(1, 9)):
        changed[pick.randrange(len(changed))] = pick.randrange(256)
    return bytes(changed)


def lines_of(content):
    return content.splitlines(keepends=True)


def dropped(content, pick):
    lines = lines_of(content)
    del lines[pick.randrange(len(lines))]
    return b"".join(lines)


def swapped(content, pick):
    lines = lines_of(content)
    pick.shuffle(lines)
    return b"".join(lines)


def repeated(content, pick):
    lines = lines_of(content)
    return content + lines[pick.randrange(len(lines))] * pick.choice([1, 2, 5_001, 60_000])


def other_separators(content, pick):
    return content.replace(b",", pick.choice([b";", b"\t", b"|", b"", b",,"]))


def nul(content, pick):
    at = pick.randrange(len(content))
    return content[:at] + b"\0" * pick.choice([1, 1_000]) + content[at:]


def other_encoding(content, pick):
    text = content.decode("cp1252", "replace")
    return text.encode(pick.choice(["utf-16", "utf-16-be", "utf-32", "utf-8-sig", "utf-7"]), "replace")


def huge_numbers(content, pick):
    digits = [at for at, byte in enumerate(content) if chr(byte).isdigit()]
    at = pick.choice(digits)
    number = pick.choice([b"9" * 20, b"-1", b"1e400", b"NaN", b"0" * 5_000, b"1,000", "٣".encode()])
    return content[:at] + number + content[at + 1 :]


def long_cell(content, pick):
    at = pick.randrange(len(content))
    return content[:at] + pick.choice([b"x", b'"', b",", b"\xff", b" "]) * pick.choice([200, 200_000]) + content[at:]


def odd_quotes(content, pick):
    at = pick.randrange(len(content))
    return content[:at] + pick.choice([b'"', b'""', b'"\n', b"'", b"\\"]) + content[at:]


def other_ends(content, pick):
    return content.replace(b"\r\n", b"\n").replace(b"\n", pick.choice([b"\r", b"\n\n", b"\r\r\n", b"\x0b", b"\x85"]))


def packed(content, pick):
    """Packed, packed and damaged, or a small file that unpacks to a very large one."""
    kind = pick.randrange(4)
    if kind == 0:
        return flipped(gzip.compress(content), pick)
    if kind == 1:
        return gzip.compress(content + b"0" * 80_000_000)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("../../etc/passwd" if kind == 2 else "a.csv", content)
        made.writestr("b.csv", b"0" * 80_000_000)
    return target.getvalue()


MUTATIONS = [cut, flipped, dropped, swapped, repeated, other_separators, nul, other_encoding, huge_numbers, long_cell,
             odd_quotes, other_ends, packed, lambda content, pick: b"", lambda content, pick: b"\xef\xbb\xbf"]  # fmt: skip


def attempts(content, long):
    pick = random.Random(19)
    for number in range(500 if long else 40):
        changed = MUTATIONS[number % len(MUTATIONS)](content, pick)
        for _ in range(number // 120):  # several faults in one file
            changed = pick.choice(MUTATIONS[:2])(changed or content, pick)
        yield changed


def measured(read):
    """What it says, within the limits of a promise."""
    begun = time.process_time()  # of this process: what else the machine does is not the file's doing
    with limits.memory(MEGABYTES):
        found = read()
    assert time.process_time() - begun < SECONDS
    return found


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_promise_19_a_table_is_taken_whole_or_refused_with_its_line(kind, long, tmp_path, record_property):
    samples = [sample for sample in SAMPLES if sample.kind == kind]
    assert samples
    taken = refused = 0
    reasons = []
    for place, content in enumerate(
        changed for sample in samples for changed in list(attempts(sample.content, long))[: (500 if long else 40)]
    ):
        sample = samples[min(place // (500 if long else 40), len(samples) - 1)]
        path = tmp_path / sample.name
        path.write_bytes(content)
        try:
            measured(lambda: list(KINDS[kind](Source(path), Asked()).rows))  # noqa: B023 - called at once
            taken += 1
        except Refused as said:
            refused += 1
            reasons.append((said.line, str(said)))
    assert all(reason and (line or not reason.startswith("line")) for line, reason in reasons)
    record_property("figure", f"{kind}: {taken} taken, {refused} refused")
    assert refused


@pytest.mark.parametrize("kind", sorted(CSVS))
def test_promise_19_a_list_is_taken_whole_or_refused_with_its_lines(kind, long, record_property):
    read, sample = CSVS[kind]
    taken = refused = 0
    for content in attempts(sample.encode() + sample.encode().splitlines(keepends=True)[-1].replace(b"2", b"3"), long):
        found = measured(lambda: read(content))  # noqa: B023 - called at once
        assert bool(found.rows) != bool(found.problems)
        taken, refused = taken + bool(found.rows), refused + bool(found.problems)
        for problem in found.problems:
            assert problem.message
            assert problem.line or re.search("file|line|workbook|PDF", problem.message), problem
    assert taken
    assert refused
    record_property("figure", f"{kind}: {taken} taken, {refused} refused")


def test_promise_19_the_largest_list_is_read_in_little_time_and_memory(record_property):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    row = "{n},Döe-{n},Jo,1961-03-14,F,(555) 010-0000," + "x" * 100 + ",Town,IL,60601,Aetna,M{n}\r\n"
    text = patients.SAMPLE.splitlines(keepends=True)[0] + "".join(row.format(n=n) for n in range(4_999))
    begun = time.monotonic()
    found = measured(lambda: read_patients(text.encode()[: limits.MEGABYTE * 2]))
    seconds = time.monotonic() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    assert bool(found.rows) != bool(found.problems)
    assert grown < MEGABYTES
    record_property("figure", f"largest list in {seconds:.1f} s, {grown} MB")
