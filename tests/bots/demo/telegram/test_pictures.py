"""What is in a picture besides what one sees."""

import pytest

from bots.demo.samples import SAMPLES, Sample
from bots.demo.telegram.pictures import is_jpeg, picture_size, tells_place, without_hidden


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_sample_is_a_small_jpeg_and_says_where_it_was_taken_if_the_phone_says_so(sample: Sample) -> None:
    assert is_jpeg(sample.data)
    assert picture_size(sample.data) == (1200, 900)
    assert len(sample.data) < 60_000
    assert tells_place(sample.data) == (sample.note == "with its place in it")


def test_what_is_hidden_goes_and_the_picture_stays() -> None:
    before = SAMPLES[0].data

    after = without_hidden(before)

    assert b"Exif" in before
    assert b"Exif" not in after
    assert not tells_place(after)
    assert picture_size(after) == picture_size(before)
    assert after.endswith(before[before.index(b"\xff\xda") :])
    assert without_hidden(after) == after


def test_a_broken_file_tells_nothing_and_breaks_nothing() -> None:
    data = SAMPLES[0].data
    for end in range(2, data.index(b"\xff\xc0")):
        assert picture_size(data[:end]) is None
        assert isinstance(tells_place(data[:end] + bytes(40)), bool)


def test_what_is_no_picture_has_no_size_and_no_place() -> None:
    for data in (b"", b"%PDF-1.7", b"GIF89a", b"\xff\xd8"):
        assert picture_size(data) is None
        assert not tells_place(data)
