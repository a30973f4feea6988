"""What matchers can be asked of."""

from configuration.matchers import Subject
from configuration.operands import (
    age_operand,
    count_operand,
    json_operand,
    latency_operand,
    length_operand,
    size_operand,
    span_operand,
    status_operand,
    text_operand,
)
from functions.domain.operators import (
    BODY_OPERATORS,
    HEADER_OPERATORS,
    OPERATORS,
    QUANTITY_OPERATORS,
    STATUS_OPERATORS,
)

_MEASURED = tuple(name for name in QUANTITY_OPERATORS if name not in ("eq", "ne"))
"""A measured time is never exactly anything."""

STATUS = Subject(name="the status", operators=STATUS_OPERATORS, operand=status_operand, list_means_in=True)
LATENCY = Subject(name="the latency", operators=_MEASURED, operand=latency_operand, usual="lt")
EXPIRES_IN = Subject(name="the time until it expires", operators=_MEASURED, operand=span_operand, usual="gt")
COUNT = Subject(name="a number of messages", operators=QUANTITY_OPERATORS, operand=count_operand)
AGE = Subject(name="the age of the oldest message", operators=_MEASURED, operand=age_operand, usual="le")
LENGTH = Subject(name="a length", operators=QUANTITY_OPERATORS, operand=length_operand)
SIZE = Subject(name="a length", operators=QUANTITY_OPERATORS, operand=size_operand)
BODY = Subject(name="the body", operators=BODY_OPERATORS, operand=text_operand, length=SIZE)
HEADER = Subject(name="a header", operators=HEADER_OPERATORS, operand=text_operand, length=SIZE)
ANSWERS = Subject(name="the answers", operators=tuple(OPERATORS), operand=json_operand, length=LENGTH)
JSON = Subject(name="a JSON value", operators=tuple(OPERATORS), operand=json_operand, length=LENGTH)
