"""CloudWatch alarms: who watches the watchers. Each costs $0.10 a month; docs/operating.md says what to do for each."""

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.function import Function

_MISSED_RUNS = 4
_LONGEST_WINDOW = 86400

UNMADE = "ChecksUnmade"
UNMADE_MEANING = (
    "Checks could not be made (a secret that cannot be read, no time left, the probe's own network failed): "
    "their monitors have no data."
)


class Alarms(Construct):
    """Alarms that publish to `topic` when they go off and when they are over."""

    def __init__(self, scope: Construct, construct_id: str, *, topic: sns.ITopic) -> None:
        super().__init__(scope, construct_id)
        self._action = actions.SnsAction(topic)

    def watch(
        self,
        *,
        probe: Function,
        judge: Function,
        notify: Function,
        render: Function,
        api: Function,
        rollup: Function,
        undelivered: sqs.Queue,
        unprocessed: sqs.Queue,
        every: int,
    ) -> None:
        """Make the alarms of the home region; `every` is the shortest interval of a monitor, in seconds."""
        # The judge and not the probe: it runs only where a run was made, recorded and streamed.
        self.on_silence(
            "NoRuns", judge, every=every, meaning="Dead man's switch: no run was judged, so nothing is being watched."
        )
        for function, meaning in (
            (probe, "Runs fail as a whole: monitors have no data."),
            (judge, "Runs are not judged: the page does not change and nobody is told."),
            (notify, "Events are not announced; they wait in the stream for up to a day."),
            (render, "The page is not written: it goes stale, and says so."),
            (api, "The HTTP API fails; the page does not depend on it."),
            (rollup, "History is not summed up; it can be rebuilt from runs."),
        ):
            self.on_errors(f"{function.name.title()}Errors", function, meaning=meaning)
        for function, metric, meaning in (
            (probe, UNMADE, UNMADE_MEANING),
            (judge, "RunsNotJudged", "Some runs could not be judged; those that stay so end in the queue."),
            (notify, "UnreadableEvents", "An event could not be read; it was announced as such."),
            (api, "ApiFailures", "Requests are answered with 500."),
        ):
            self.on_troubles(metric, function, metric, meaning=meaning)
        self.on_backlog("JudgeBehind", judge, minutes=5, meaning="Runs wait to be judged.")
        self.on_backlog("NotifyBehind", notify, minutes=5, meaning="Events wait to be announced.")
        self.on_messages("Undelivered", undelivered, meaning="A schedule could not start its function.")
        self.on_messages("Unprocessed", unprocessed, meaning="Runs or events were given up: see the queue.")

    def on_silence(self, construct_id: str, function: Function, *, every: int, meaning: str) -> None:
        """Go off when `function`, which runs every `every` seconds, has missed four runs: no news is bad news.

        AWS counts invocations itself and free of charge, also when nothing else here works; where there is none, there
        is no value at all, and that counts as an alarm.
        """
        # An alarm's window may not be longer than a day.
        runs = max(1, min(_MISSED_RUNS, _LONGEST_WINDOW // every))
        self._alarm(
            construct_id,
            function.resource.metric_invocations(period=cdk.Duration.seconds(every), statistic="Sum"),
            description=meaning,
            operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
            threshold=1,
            periods=runs,
            missing=cloudwatch.TreatMissingData.BREACHING,
        )

    def on_errors(self, construct_id: str, function: Function, *, meaning: str) -> None:
        """Go off when `function` failed in two of three periods of five minutes; once is what retries are for."""
        self._alarm(
            construct_id,
            function.resource.metric_errors(period=cdk.Duration.minutes(5), statistic="Sum"),
            description=meaning,
            operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            threshold=1,
            periods=3,
            of_them=2,
        )

    def on_troubles(self, construct_id: str, function: Function, metric: str, *, meaning: str) -> None:
        """Go off when `function` counted any `metric` in two of three periods of five minutes."""
        self._alarm(
            construct_id,
            function.metric_troubles(metric),
            description=meaning,
            operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            threshold=1,
            periods=3,
            of_them=2,
        )

    def on_backlog(self, construct_id: str, function: Function, *, minutes: int, meaning: str) -> None:
        """Go off when `function` has been more than `minutes` behind the stream for five minutes."""
        self._alarm(
            construct_id,
            function.resource.metric("IteratorAge", period=cdk.Duration.minutes(1), statistic="Maximum"),
            description=meaning,
            operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            threshold=minutes * 60 * 1000,
            periods=5,
        )

    def on_messages(self, construct_id: str, queue: sqs.Queue, *, meaning: str) -> None:
        """Go off as soon as there is something in `queue`."""
        self._alarm(
            construct_id,
            queue.metric_approximate_number_of_messages_visible(period=cdk.Duration.minutes(5), statistic="Maximum"),
            description=meaning,
            operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            threshold=0,
            periods=1,
        )

    def _alarm(
        self,
        construct_id: str,
        metric: cloudwatch.Metric,
        *,
        description: str,
        operator: cloudwatch.ComparisonOperator,
        threshold: float,
        periods: int,
        of_them: int | None = None,
        missing: cloudwatch.TreatMissingData = cloudwatch.TreatMissingData.NOT_BREACHING,
    ) -> None:
        alarm = cloudwatch.Alarm(
            self,
            construct_id,
            alarm_description=description,
            metric=metric,
            comparison_operator=operator,
            threshold=threshold,
            evaluation_periods=periods,
            datapoints_to_alarm=of_them or periods,
            treat_missing_data=missing,
        )
        alarm.add_alarm_action(self._action)
        alarm.add_ok_action(self._action)
