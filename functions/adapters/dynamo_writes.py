"""A judgement as DynamoDB's writes."""

from datetime import datetime
from typing import TYPE_CHECKING

from functions.adapters import keys
from functions.domain.event import Event
from functions.domain.event_codec import encode_event
from functions.domain.incident import Incident
from functions.domain.incident_codec import encode_incident
from functions.domain.state import ShardState
from functions.domain.state_codec import encode_states
from functions.store import Judgement, Receipt

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef, PutTypeDef, TransactWriteItemTypeDef


def commit_items(table: str, judgement: Judgement) -> list["TransactWriteItemTypeDef"]:
    """Return the transaction that writes a judgement: at most three items for each monitor that changed, and one."""
    incidents = [write for incident in judgement.incidents for write in incident_writes(table, incident)]
    events = [event_write(table, event) for event in judgement.events]
    return [{"Put": state_put(table, judgement.state)}, *incidents, *events]


def state_put(table: str, state: ShardState) -> "PutTypeDef":
    """Return the write of what follows `state`, on condition that nobody wrote since it was read."""
    put: PutTypeDef = {
        "TableName": table,
        "Item": {
            "pk": {"S": keys.STATE},
            "sk": {"S": state.shard},
            "version": {"N": str(state.version + 1)},
            "data": {"B": encode_states(state.states)},
        },
        "ConditionExpression": "attribute_not_exists(pk)",
    }
    if state.version:
        put["ConditionExpression"] = "#version = :version"
        put["ExpressionAttributeNames"] = {"#version": "version"}
        put["ExpressionAttributeValues"] = {":version": {"N": str(state.version)}}
    return put


def incident_writes(table: str, incident: Incident) -> list["TransactWriteItemTypeDef"]:
    """Return the incident's own write, on condition that nobody wrote since it was read, and that of its double.

    The double among the open ones makes "all that are open", however old, a read of a few items and not of the whole
    past.
    """
    data = encode_incident(incident)
    version = {"N": str(incident.version + 1)}
    key: dict[str, AttributeValueTypeDef] = {"pk": {"S": keys.OPEN_INCIDENT}, "sk": {"S": incident.id}}
    double: TransactWriteItemTypeDef = (
        {"Put": {"TableName": table, "Item": {**key, "version": version, "data": {"B": data}}}}
        if incident.open
        else {"Delete": {"TableName": table, "Key": key}}
    )
    own: PutTypeDef = {
        "TableName": table,
        "Item": {
            "pk": {"S": keys.INCIDENT},
            "sk": {"S": incident.id},
            "version": version,
            "data": {"B": data},
        },
        # Also true of what is not there yet.
        "ConditionExpression": "attribute_not_exists(#version)",
        "ExpressionAttributeNames": {"#version": "version"},
    }
    if incident.version:
        own["ConditionExpression"] = "#version = :version"
        own["ExpressionAttributeValues"] = {":version": {"N": str(incident.version)}}
    return [{"Put": own}, double]


def receipt_write(table: str, receipt: Receipt, *, at: datetime) -> "TransactWriteItemTypeDef":
    """Return the write of a receipt where there is none under its key; one that has expired may be there for days."""
    return {
        "Put": {
            "TableName": table,
            "Item": {
                "pk": {"S": keys.INCIDENT_RECEIPT},
                "sk": {"S": receipt.key},
                "incident": {"S": receipt.incident},
                "digest": {"S": receipt.digest},
                "expires": {"N": keys.expiry(at, keys.KEEP_RECEIPTS)},
            },
            "ConditionExpression": "attribute_not_exists(pk)",
        }
    }


def event_write(table: str, event: Event) -> "TransactWriteItemTypeDef":
    """Return the write of an event that leaves one that is there untouched.

    An update that changes nothing gives no stream record, so nothing is announced twice. A condition would not do: it
    would cancel the whole transaction.
    """
    return {
        "Update": {
            "TableName": table,
            "Key": {"pk": {"S": keys.event_partition(event.at)}, "sk": {"S": event.id}},
            "UpdateExpression": "SET #data = if_not_exists(#data, :data), expires = if_not_exists(expires, :expires)",
            "ExpressionAttributeNames": {"#data": "data"},
            "ExpressionAttributeValues": {
                ":data": {"S": encode_event(event)},
                ":expires": {"N": keys.expiry(event.at, keys.KEEP_EVENTS)},
            },
        }
    }
