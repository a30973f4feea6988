"""Publishes the event of one stream record."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from functions.adapters.stream import UnreadableRecordError, event_of
from functions.config import Config
from functions.notify.audience import audience_of
from functions.notify.message import compose, compose_unreadable
from functions.topic import Topic

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord


class Announcer:
    """Turns records into messages, one each; `unreadable` counts those that it could only point at."""

    def __init__(self, *, config: Config, topic: Topic, urls: Mapping[str, str]) -> None:
        self._config = config
        self._topic = topic
        self._urls = urls
        self.unreadable = 0

    def take(self, record: "DynamoDBRecord") -> str:
        """Publish the event of one record and return its id; raises what the topic raises.

        A record that cannot be read is announced as such and then done with: the stream would deliver it, and all that
        is behind it, again and again for a day.
        """
        change = record.raw_event["dynamodb"]
        try:
            event = event_of(change.get("NewImage", {}))
        except UnreadableRecordError:
            self.unreadable += 1
            event_id = str(change.get("Keys", {}).get("sk", {}).get("S", ""))
            audience = audience_of("", config=self._config, urls=self._urls)
            self._topic.publish(compose_unreadable(event_id, audience=audience))
            return event_id
        audience = audience_of(event.monitor, config=self._config, urls=self._urls, others=event.monitors)
        self._topic.publish(compose(event, audience))
        return event.id
