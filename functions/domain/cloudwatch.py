"""What a CloudWatch alarm's state means for a monitor."""

from functions.domain.checks.aws import NO_DATA, AwsCheck
from functions.domain.verdict import Verdict

ALARM = "ALARM"
OK = "OK"


def verdict_of(state: str, check: AwsCheck) -> Verdict:
    """Return the verdict on an alarm in `state`.

    INSUFFICIENT_DATA means that CloudWatch itself has seen too little: neither that all is well, nor that anything is
    wrong. It is NO_DATA unless the monitor says what it means there. So is a state that is not known yet.
    """
    if state == OK:
        return Verdict.UP
    word = check.on_alarm if state == ALARM else check.on_insufficient_data
    return Verdict.NO_DATA if word == NO_DATA else Verdict(word)
