"""What is logged when charges cannot be worked out."""

from __future__ import annotations

import logging

from injections.actions import outbox

log = logging.getLogger(__name__)


def tell(problem: Exception, reference: str = "") -> None:
    """Say what went wrong and where, without its message: it may quote the chart."""
    log.error("charges could not be worked out (reference %s): %s", reference or "-", outbox.without_data(problem))
