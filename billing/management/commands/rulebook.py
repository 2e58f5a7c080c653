"""rulebook: write docs/rulebook.md and its examples from the rules, or say that they have drifted."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from billing.loading import shipped_reference
from billing.rulebook.book import book
from billing.rulebook.examples import FILE, examples, written

PAGE = Path(settings.BASE_DIR) / "docs" / "rulebook.md"


class Command(BaseCommand):
    help = "Write docs/rulebook.md and the examples it shows. --check writes nothing and fails where they have drifted."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether they are as they would be written")

    def handle(self, *, check: bool, **options: Any) -> None:
        drifted = [path.name for path, tell in PAGES.items() if not _stands(path, tell(), write=not check)]
        if check and drifted:
            raise CommandError(f"{', '.join(drifted)}: not as the rules have it. Run manage.py rulebook")
        self.stdout.write(f"Written: {', '.join(drifted)}" if drifted else "As the rules have it")


def examples_text() -> str:
    """The examples are the twins of the tests, so only a checkout that has the tests can tell them."""
    return written(import_module("tests.billing.retold").examples())


def page_text() -> str:
    return book(shipped_reference().payers)


#: what is written, the examples first because the page shows them
PAGES: dict[Path, Callable[[], str]] = {FILE: examples_text, PAGE: page_text}


def _stands(path: Path, text: str, *, write: bool) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return True
    if write:
        path.write_text(text, encoding="utf-8")
        examples.cache_clear()
    return False
