"""A table as a file to keep: said to be CSV, and never taken for anything else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse


def csv_file(content: str | bytes | Iterator[str], name: str) -> Any:
    """What a browser saves as ``name``.csv, whole or line by line. The name tells nothing about a patient."""
    answer = StreamingHttpResponse(content) if isinstance(content, Iterator) else HttpResponse(content)
    answer["Content-Type"] = "text/csv; charset=utf-8"
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
