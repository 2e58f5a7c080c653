"""A small .xlsx, written the way Office writes one."""

from io import BytesIO
from zipfile import ZipFile


def workbook(rows, doctype=""):
    """An .xlsx of one sheet: texts shared, whole numbers as numbers, the way Office writes them."""
    texts = sorted({cell for row in rows for cell in row if cell and not cell.isdigit()})
    shared = "".join(f"<si><t xml:space='preserve'>{escaped(text)}</t></si>" for text in texts)
    lines = "".join(
        f'<row r="{number}">'
        + "".join(_cell(number, at, cell, texts) for at, cell in enumerate(row) if cell)
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/sharedStrings.xml", f"<?xml version='1.0'?>{doctype}<sst {main}>{shared}</sst>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {main}><sheetData>{lines}</sheetData></worksheet>")
    return content.getvalue()


def _cell(number, at, cell, texts):
    where = f"{chr(65 + at)}{number}"
    if cell.isdigit() and not cell.startswith("0"):
        return f'<c r="{where}"><v>{cell}.0</v></c>'
    if cell.isdigit():
        return f'<c r="{where}" t="inlineStr"><is><t>{cell}</t></is></c>'
    return f'<c r="{where}" t="s"><v>{texts.index(cell)}</v></c>'


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")
