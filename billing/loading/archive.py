"""The shipped files of a release, packed into one value and read back: what an old edition was loaded from."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from billing.loading import HERE, load_reference
from billing.reference import Reference
from injections.formulary import HERE as FORMULARY

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class ArchiveError(ValueError):
    """Shipped files of an earlier release that this one can no longer read. Says which edition."""


def pack() -> bytes:
    """The files as they lie here. The same files give the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, path in sorted(_files()):
            archive.writestr(ZipInfo(name, _FIRST_DAY), path.read_bytes(), ZIP_DEFLATED)
    return packed.getvalue()


def _files() -> Iterator[tuple[str, Path]]:
    for folder, shape, where in (
        ("formulary", "*.toml", FORMULARY),
        ("payers", "*.toml", HERE / "payers"),
        ("codes", "*", HERE / "codes"),
    ):
        yield from ((f"{folder}/{path.name}", path) for path in where.glob(shape) if path.is_file())


def unpack(packed: bytes, edition: str) -> Reference:
    """The reference of packed files. Raises :class:`ArchiveError` when today's loading does not understand them."""
    try:
        with TemporaryDirectory() as folder, ZipFile(BytesIO(packed)) as archive:
            archive.extractall(folder)
            return load_reference(Path(folder), Path(folder) / "formulary")
    except (BadZipFile, ValueError, LookupError, OSError, TypeError) as problem:
        raise ArchiveError(f"the files of edition {edition} cannot be read by this release: {problem}") from problem
