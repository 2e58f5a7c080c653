"""What the product's own logging would write, while somebody listens."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from config.logs import logging_config


@contextmanager
def listening() -> Iterator[io.StringIO]:
    """Every line of it, as the settings' own formatter writes it, at its most talkative."""
    stream = io.StringIO()
    config = logging_config(level="DEBUG", debug=False)["formatters"]["event"]
    made = config.pop("()")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(made(**config))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
