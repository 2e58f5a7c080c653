"""Pictures as tablets take them, drawn here."""

import io

import zxingcpp
from PIL import Image, ImageFilter

PAPER = 235


def vial(*codes, turned=23.0, blurred=1.6, kind=zxingcpp.BarcodeFormat.DataMatrix):
    """A photo with these codes, turned by degrees and out of focus, as JPEG."""
    sheet = Image.new("L", (520 * len(codes), 560), PAPER)
    for place, code in enumerate(codes):
        # The separator stands in the picture as a scanner would send it.
        drawn = zxingcpp.create_barcode(code, kind, gs1=code.startswith("("))
        bits = zxingcpp.write_barcode_to_image(drawn, scale=6)
        sheet.paste(Image.fromarray(bits), (520 * place + 140, 180))
    photo = sheet.rotate(turned, expand=True, fillcolor=PAPER, resample=Image.Resampling.BICUBIC)
    return as_jpeg(photo.filter(ImageFilter.GaussianBlur(blurred)))


def as_jpeg(picture):
    written = io.BytesIO()
    picture.convert("RGB").save(written, "JPEG", quality=80)
    return written.getvalue()
