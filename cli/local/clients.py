"""AWS clients for a deployment, be it in the embedded AWS or in an account."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from cli.local.emulator import CREDENTIALS, endpoint
from cli.local.stack_file import StackFile

if TYPE_CHECKING:
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudfront_keyvaluestore import CloudFrontKeyValueStoreClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_ssm import SSMClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """Makes clients for an AWS: the embedded one at `endpoint_url`, else the one that the environment names."""

    region: str | None
    endpoint_url: str | None = None

    @classmethod
    def local(cls, port: int, *, region: str) -> "Clients":
        """Return those of the embedded AWS at `port`."""
        return cls(region=region, endpoint_url=endpoint(port))

    @classmethod
    def of(cls, stack: StackFile) -> "Clients":
        """Return those of the local stack."""
        return cls(region=stack.region, endpoint_url=stack.endpoint_url)

    def cloudformation(self) -> "CloudFormationClient":
        """Return a client for CloudFormation."""
        return self._session().client("cloudformation", endpoint_url=self.endpoint_url, config=_CONFIG)

    def cloudwatch(self) -> "CloudWatchClient":
        """Return a client for CloudWatch."""
        return self._session().client("cloudwatch", endpoint_url=self.endpoint_url, config=_CONFIG)

    def dynamodb(self) -> "DynamoDBClient":
        """Return a client for DynamoDB."""
        return self._session().client("dynamodb", endpoint_url=self.endpoint_url, config=_CONFIG)

    def functions(self) -> "LambdaClient":
        """Return a client for Lambda."""
        return self._session().client("lambda", endpoint_url=self.endpoint_url, config=_CONFIG)

    def iam(self) -> "IAMClient":
        """Return a client for IAM."""
        return self._session().client("iam", endpoint_url=self.endpoint_url, config=_CONFIG)

    def key_values(self) -> "CloudFrontKeyValueStoreClient":
        """Return a client for CloudFront's key-value stores.

        In AWS its requests are signed for all regions at once (SigV4A), which botocore leaves to the AWS CRT; the
        embedded AWS knows the plain signature.
        """
        if self.endpoint_url is None:
            return self._session().client("cloudfront-keyvaluestore", config=_CONFIG)
        client = self._session().client(
            "cloudfront-keyvaluestore",
            endpoint_url=self.endpoint_url,
            config=_CONFIG.merge(Config(signature_version="v4")),
        )
        client.meta.events.register_first("request-created.cloudfront-keyvaluestore", _without_account)
        return client

    def logs(self) -> "CloudWatchLogsClient":
        """Return a client for CloudWatch Logs."""
        return self._session().client("logs", endpoint_url=self.endpoint_url, config=_CONFIG)

    def secrets(self) -> "SecretsManagerClient":
        """Return a client for Secrets Manager."""
        return self._session().client("secretsmanager", endpoint_url=self.endpoint_url, config=_CONFIG)

    def ssm(self) -> "SSMClient":
        """Return a client for SSM."""
        return self._session().client("ssm", endpoint_url=self.endpoint_url, config=_CONFIG)

    def sns(self) -> "SNSClient":
        """Return a client for SNS."""
        return self._session().client("sns", endpoint_url=self.endpoint_url, config=_CONFIG)

    def sqs(self) -> "SQSClient":
        """Return a client for SQS."""
        return self._session().client("sqs", endpoint_url=self.endpoint_url, config=_CONFIG)

    def credentials(self) -> "Credentials | None":
        """Return what requests are signed with; None where the environment has nothing."""
        return self._session().get_credentials()

    def region_name(self) -> str:
        """Return the region that requests are signed for."""
        return self._session().region_name or ""

    def is_bootstrapped(self) -> bool:
        """Return whether the CDK has prepared the region."""
        try:
            self.cloudformation().describe_stacks(StackName="CDKToolkit")
        except ClientError:
            return False
        return True

    def _session(self) -> boto3.Session:
        if self.endpoint_url is None:
            return boto3.Session(region_name=self.region)
        return boto3.Session(
            region_name=self.region,
            aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        )


# A function may take its time.
_CONFIG = Config(read_timeout=180, retries={"mode": "standard"})


def _without_account(request: "AWSRequest", **_: object) -> None:
    """Take the account's id from the front of the address: with an IP address behind it, it is no name."""
    request.url = re.sub(r"//\d{12}\.", "//", request.url or "")
