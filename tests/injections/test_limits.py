"""A worker that reads a file gets so much memory and no more, and has all of it again afterwards."""

import resource
import sys

import pytest

from injections import limits

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux says how large a process is")


def test_too_much_is_refused_and_the_limit_ends_with_the_work():
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(MemoryError), limits.memory(50):
        bytearray(200 * limits.MEGABYTE)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert bytearray(200 * limits.MEGABYTE)


def test_what_fits_is_done():
    with limits.memory(100):
        assert bytearray(20 * limits.MEGABYTE)
