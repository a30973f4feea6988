"""A stream's records, one after the other, as a function that follows the stream has to take them.

Lambda goes back to the first record that is reported as failed and delivers everything from there again.
"""

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType

from functions.adapters.stream import UnreadableRecordError


class InOrderProcessor(BatchProcessor):
    """Stops at the first record that fails, so that nothing overtakes it.

    A record that cannot be read (UnreadableRecordError) is reported, but waited for by nobody: no retry mends it. Where
    no record was done, the error itself is raised: Lambda then counts an error, for which there is an alarm; a record
    that is only reported counts nowhere.
    """

    def __init__(self) -> None:
        super().__init__(event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)

    def process(self) -> list[tuple[object, ...]]:
        """Call the handler with each record in turn; return Powertools' outcomes of those that were tried."""
        outcomes: list[tuple[object, ...]] = []
        for record in self.records:
            outcomes.append(self._process_record(record))
            error = self.exceptions[-1][1] if len(self.exceptions) > 0 else None
            if error is None or isinstance(error, UnreadableRecordError):
                continue
            if not self.success_messages:
                raise error
            break
        return outcomes
