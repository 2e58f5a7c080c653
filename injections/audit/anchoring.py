"""Heads of the chains, written down where nobody with the database can reach: a file on other storage, or a log host.

A chain shows a change inside it. That its end was cut off, or all of it made again, only shows against such a note.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from logging.handlers import SysLogHandler
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from config.transactions import SEALING, through
from injections.audit.chain import Anchor
from injections.audit.chains import CHAINS
from injections.audit.sealing import head

logger = logging.getLogger("injections.audit.anchor")
WORD = "deltoid-anchor"


def anchor() -> list[str]:
    """Write the present heads down, in the log and where the settings say; answers the lines."""
    lines = [line(found, timezone.now()) for found in heads()]
    for each in lines:
        logger.info("%s", each)
    if settings.AUDIT_ANCHOR_FILE:
        append(Path(settings.AUDIT_ANCHOR_FILE), lines)
    if settings.AUDIT_ANCHOR_SYSLOG:
        send(settings.AUDIT_ANCHOR_SYSLOG, lines)
    return lines


def heads() -> list[Anchor]:
    """The last link of every chain that has one."""
    found = []
    with transaction.atomic(), through(SEALING), connection.cursor() as cursor:
        for chain in CHAINS:
            number, digest = head(cursor, chain)
            if number:
                found.append(Anchor(chain.name, number, digest))
    return found


def line(found: Anchor, now: datetime) -> str:
    """`deltoid-anchor 2026-11-21T22:50:00+00:00 audit 1234 <digest>`."""
    return f"{WORD} {now.isoformat(timespec='seconds')} {found.chain} {found.number} {found.digest}"


def append(path: Path, lines: Iterable[str]) -> None:
    """On the disk, not only on the way there, before anybody relies on it."""
    with path.open("a", encoding="ascii") as file:
        file.writelines(f"{each}\n" for each in lines)
        file.flush()
        os.fsync(file.fileno())


def send(address: str, lines: Iterable[str]) -> None:
    """To `host:port` over UDP, as syslog does."""
    host, _, port = address.partition(":")
    syslog = SysLogHandler((host, int(port or 514)))
    try:
        for each in lines:
            syslog.emit(logging.LogRecord(WORD, logging.INFO, "", 0, each, None, None))
    finally:
        syslog.close()


def read(lines: Iterable[str]) -> Iterator[Anchor]:
    """The anchors in a file or a log: whatever stands before the word on a line is the log's own."""
    for each in lines:
        _, found, said = each.partition(f"{WORD} ")
        words = said.split()
        if found and len(words) == 4 and words[2].isdecimal():
            yield Anchor(words[1], int(words[2]), words[3])
