"""Where a rule of cdk-nag's AwsSolutions pack does not hold on purpose; the reason stands beside what it is about.

The CDK keeps acknowledgements itself, so cdk-nag is needed only by the test that runs the pack.
"""

import aws_cdk as cdk
from constructs import IConstruct


def accept(construct: IConstruct, rule: str, *, because: str) -> None:
    """Acknowledge `rule` (such as `SQS3`, or one finding of it: `IAM5[Resource::*]`) on `construct`."""
    cdk.Validations.of(construct).acknowledge(
        cdk.Acknowledgment(id=f"AwsSolutions::AwsSolutions-{rule}", reason=because)
    )
