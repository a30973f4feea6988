"""EventBridge Scheduler: what runs by the clock."""

import json
from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.function import Function

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_ATTEMPTS = 10


def expression(interval: int) -> str:
    """Return the schedule expression for every `interval` seconds.

    Cron where the interval divides the hour or the day, so that all regions mean the same minute; rate counts from the
    schedule's creation. Raises ValueError for what EventBridge cannot schedule: its grain is the minute.
    """
    if interval < _MINUTE or interval % _MINUTE:
        raise ValueError(f"An interval must be whole minutes, at least one; {interval} seconds is not.")
    minutes = interval // _MINUTE
    if minutes == 1:
        return "cron(* * * * ? *)"
    if _HOUR % interval == 0 and interval < _HOUR:
        return f"cron(0/{minutes} * * * ? *)"
    hours = interval // _HOUR
    if interval == _HOUR:
        return "cron(0 * * * ? *)"
    if interval % _HOUR == 0 and _DAY % interval == 0:
        return f"cron(0 0/{hours} * * ? *)" if interval < _DAY else "cron(0 0 * * ? *)"
    return f"rate({minutes} minutes)"


class Schedules(Construct):
    """Schedules with one role, which may start exactly the functions that are scheduled.

    What cannot be delivered in time goes to `dead_letters`.
    """

    def __init__(self, scope: Construct, construct_id: str, *, dead_letters: sqs.Queue) -> None:
        super().__init__(scope, construct_id)
        self._dead_letters = dead_letters
        self._role = iam.Role(
            self,
            "Role",
            # Without the condition, a schedule of another account could borrow the role.
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
            ),
        )
        self._role.add_to_policy(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[dead_letters.queue_arn]))
        self._functions: set[str] = set()

    def start(
        self,
        construct_id: str,
        function: Function,
        *,
        when: str,
        payload: Mapping[str, object],
        description: str,
        patience: int = _MINUTE,
    ) -> None:
        """Start `function` with `payload` by the expression `when`; give up after `patience` seconds, 60 at least."""
        if function.node.path not in self._functions:
            self._functions.add(function.node.path)
            self._role.add_to_policy(
                iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[function.resource.function_arn])
            )
        schedule = scheduler.CfnSchedule(
            self,
            construct_id,
            description=description,
            schedule_expression=when,
            schedule_expression_timezone="UTC",
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=function.resource.function_arn,
                role_arn=self._role.role_arn,
                input=json.dumps(payload),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=patience, maximum_retry_attempts=_ATTEMPTS
                ),
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(arn=self._dead_letters.queue_arn),
            ),
        )
        # The role's policy is a resource of its own: without it the first start would be refused.
        schedule.node.add_dependency(self._role)
