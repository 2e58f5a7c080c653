"""Paper: a page of the product as a PDF, set by Typst from a template that stands beside this file.

What is printed goes in as JSON and comes out as bytes; nothing of a patient touches a file, a name or a log on the way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse

HERE = Path(__file__).parent


def printed(template: str, told: Mapping[str, Any]) -> bytes:
    """The PDF of ``template`` (its name without ending) with what it is told: texts, numbers, lists."""
    return typst.compile(
        str(HERE / f"{template}.typ"), root=str(HERE), sys_inputs={"told": json.dumps(told, ensure_ascii=False)}
    )


def as_file(content: bytes, name: str) -> HttpResponse:
    """The PDF as something to open or keep. ``name`` says what it is and never who it is about."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Content-Type-Options": "nosniff"},
    )
