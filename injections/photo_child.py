"""Run by itself (see photo.py): a picture on standard input, the codes on it as JSON on standard output."""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
from typing import Any

MEGABYTE = 1024 * 1024
MEMORY, SECONDS = 700 * MEGABYTE, 5
#: more than the camera of a tablet makes; a small file can unfold to a picture that fills a machine
MOST_PIXELS = 50_000_000
#: codes on a vial are found at this size, and found faster
SIDE = 2400
FORMATS = ("JPEG", "PNG", "WEBP")
#: a square code that lies askew is found more surely when the picture is turned, in degrees
ANGLES, PAPER = (23, 45, 68), 255


def limit() -> None:
    """This process dies before it takes more than its share."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def read(picture: bytes) -> dict[str, object]:
    """The codes, or why the picture is refused in words for whoever took it."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        opened = Image.open(io.BytesIO(picture), formats=FORMATS)
        opened.draft("L", (SIDE, SIDE))
        image = ImageOps.exif_transpose(opened).convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"refused": "This photo is too large. Take it again with a lower resolution"}
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return {"refused": "This is not a photo that can be read. Take it again as JPEG or PNG"}
    image.thumbnail((SIDE, SIDE))
    codes = found_in(image)
    for turned in () if codes else ANGLES:
        image.thumbnail((SIDE // 2, SIDE // 2))
        codes = codes or found_in(image.rotate(turned, expand=True, fillcolor=PAPER))
    return {"codes": codes}


def found_in(image: object) -> list[str]:
    """As a scanner sends them: what kind of code it is, then its bytes, separators and all."""
    import zxingcpp

    form = zxingcpp.BarcodeFormat
    kinds: Any = (form.DataMatrix, form.Code128, form.EANUPC, form.DataBar)
    found = zxingcpp.read_barcodes(image, kinds)
    return [f"{code.symbology_identifier}{code.bytes.decode('ascii', 'replace')}" for code in found]


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))
