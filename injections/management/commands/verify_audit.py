"""`manage.py verify_audit [--anchor FILE]`: whether the log and the signatures stand as they were sealed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from config.transactions import SEALING, through
from injections.audit.anchoring import read
from injections.audit.verification import verify


class Command(BaseCommand):
    help = (
        "Check the chain over the audit log and the one over the signatures, and name the first row that is not as it "
        "was sealed. With the file of anchors it also shows an end that was cut off. Changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", type=Path, help="a file with the heads written down outside the database")

    def handle(self, *, anchor: Path | None, **options: Any) -> None:
        anchors = list(read(anchor.read_text(encoding="utf-8").splitlines())) if anchor else []
        wrong = []
        with transaction.atomic(), through(SEALING), connection.cursor() as cursor:
            for found in verify(cursor, anchors):
                flaw = found.flaw
                if flaw is None:
                    self.stdout.write(f"{found.chain}: {found.links} links, all as they were sealed")
                    continue
                where = f"row {flaw.subject}" if flaw.subject else f"link {flaw.number}"
                wrong.append(f"{found.chain}: {where}: {flaw.what}")
        if anchor and not anchors:
            wrong.append(f"{anchor} holds no anchor")
        if wrong:
            raise CommandError("\n".join(wrong))
