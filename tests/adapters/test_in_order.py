"""A batch of stream records, taken one after the other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from functions.adapters.in_order import InOrderProcessor
from functions.adapters.stream import UnreadableRecordError
from tests.fakes.samples import event
from tests.fakes.streams import event_image, stream

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord


class Reader:
    """Takes records, and fails at some as it is told to."""

    def __init__(self, *, broken: Sequence[str] = (), unreadable: Sequence[str] = ()) -> None:
        self.seen: list[str] = []
        self._broken = broken
        self._unreadable = unreadable

    def take(self, record: "DynamoDBRecord") -> None:
        """Note the record's number, or fail."""
        number = str(record.raw_event["dynamodb"]["SequenceNumber"])
        self.seen.append(number)
        if number in self._broken:
            raise ConnectionError(number)
        if number in self._unreadable:
            raise UnreadableRecordError(number)


def _process(reader: Reader, count: int = 4) -> list[str]:
    """Return the numbers that are reported as failed."""
    processor = InOrderProcessor()
    records = stream(*[event_image(event())] * count)["Records"]
    with processor(records=records, handler=reader.take):
        processor.process()
    return [str(failure["itemIdentifier"]) for failure in processor.response()["batchItemFailures"]]


def test_what_is_done_is_not_reported() -> None:
    """All four, in order."""
    reader = Reader()
    assert _process(reader) == []
    assert reader.seen == ["1", "2", "3", "4"]


def test_nothing_overtakes_a_record_that_failed() -> None:
    """Lambda goes on from there."""
    reader = Reader(broken=["2"])
    assert _process(reader) == ["2"]
    assert reader.seen == ["1", "2"]


def test_where_nothing_was_done_the_error_itself_is_raised() -> None:
    """So that it counts as one."""
    reader = Reader(broken=["1"])
    with pytest.raises(ConnectionError):
        _process(reader)
    assert reader.seen == ["1"]


def test_a_record_that_cannot_be_read_is_reported_but_not_waited_for() -> None:
    """No retry mends it."""
    reader = Reader(unreadable=["1", "3"])
    assert _process(reader) == ["1", "3"]
    assert reader.seen == ["1", "2", "3", "4"]


def test_a_batch_of_nothing_readable_is_reported_and_not_raised() -> None:
    """It is not the function that is broken."""
    assert _process(Reader(unreadable=["1", "2"]), count=2) == ["1", "2"]


def test_after_an_unreadable_record_a_failure_still_stops() -> None:
    """And both are reported."""
    reader = Reader(unreadable=["1"], broken=["3"])
    assert _process(reader) == ["1", "3"]
    assert reader.seen == ["1", "2", "3"]
