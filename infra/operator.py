"""Operator: the routes of the HTTP API by which people write to incidents."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from functions.adapters import keys
from infra.function import Function
from infra.table import Table

ROUTES = ("/incidents", "/incidents/{proxy+}")


class Operator(Construct):
    """A function of its own, since that of the public routes must not be able to write what the page says.

    Only requests that are signed by a principal of this account with `execute-api:Invoke` come to it (AWS_IAM).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        http_api: apigw.HttpApi,
        code: lambda_.Code,
        table: Table,
        environment: Mapping[str, str],
    ) -> None:
        super().__init__(scope, construct_id)
        self.function = Function(
            self,
            "Function",
            name="operator",
            description="Opens and updates incidents for people",
            code=code,
            # Somebody waits for it in the middle of an incident, a few times a month.
            memory=512,
            timeout=cdk.Duration.seconds(15),
            environment=environment,
            traced=True,
        )
        incidents = (keys.INCIDENT, keys.OPEN_INCIDENT, keys.INCIDENT_RECEIPT)
        table.grant_partitions(self.function.role, "GetItem", "Query", partitions=incidents)
        # Neither states nor runs nor history: what checks saw cannot be changed from here.
        table.grant_partitions(self.function.role, "PutItem", "DeleteItem", partitions=incidents)
        table.grant_partitions(self.function.role, "UpdateItem", partitions=[keys.EVENTS])
        integration = integrations.HttpLambdaIntegration("Function", self.function.resource)
        authorizer = authorizers.HttpIamAuthorizer()
        for path in ROUTES:
            http_api.add_routes(
                path=path, methods=[apigw.HttpMethod.ANY], integration=integration, authorizer=authorizer
            )
