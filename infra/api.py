"""The HTTP API: status JSON, health, the OpenAPI document."""

import json
from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.function import LOG_RETENTION, Function
from infra.rules import accept
from infra.site import Site
from infra.table import Table

# Requests a second, for all callers together. CloudFront answers most; this bounds what a flood costs.
RATE, BURST = 25, 50
# Without addresses and user agents: those are personal data, and nothing here needs them. About 200 bytes a request,
# so a million of them cost $0.10.
_LOG_FORMAT = {
    "request_id": "$context.requestId",
    "method": "$context.httpMethod",
    "path": "$context.path",
    "status": "$context.status",
    "latency_ms": "$context.responseLatency",
    "error": "$context.integrationErrorMessage",
}


class Api(Construct):
    """An HTTP API whose function answers whatever path is asked for, so that every error has the one shape.

    `connect` is a step of its own, since the function needs the page's address, its distribution needs the API's, and
    CloudFormation allows no circles.
    """

    def __init__(self, scope: Construct, construct_id: str, *, name: str) -> None:
        super().__init__(scope, construct_id)
        self.resource = apigw.HttpApi(
            self,
            "Resource",
            api_name=name,
            description="Status of the page as JSON",
            create_default_stage=False,
            # What is served is public and takes no cookies.
            cors_preflight=apigw.CorsPreflightOptions(
                allow_origins=["*"],
                allow_methods=[apigw.CorsHttpMethod.GET, apigw.CorsHttpMethod.HEAD],
                allow_headers=["if-none-match"],
                expose_headers=["etag", "x-request-id"],
                max_age=cdk.Duration.days(1),
            ),
        )
        access_log = logs.LogGroup(self, "AccessLog", retention=LOG_RETENTION, removal_policy=cdk.RemovalPolicy.DESTROY)
        apigw.CfnStage(
            self,
            "Stage",
            api_id=self.resource.api_id,
            stage_name="$default",
            auto_deploy=True,
            access_log_settings=apigw.CfnStage.AccessLogSettingsProperty(
                destination_arn=access_log.log_group_arn, format=json.dumps(_LOG_FORMAT)
            ),
            default_route_settings=apigw.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=RATE, throttling_burst_limit=BURST
            ),
        )

    def connect(self, *, code: lambda_.Code, table: Table, site: Site, environment: Mapping[str, str]) -> Function:
        """Let the function `api` answer every path; it may read the table and the site's files."""
        function = Function(
            self,
            "Function",
            name="api",
            description="Answers the HTTP API",
            code=code,
            memory=256,
            timeout=cdk.Duration.seconds(10),
            environment=environment,
            traced=True,
        )
        table.grant(function.role, "GetItem", "Query")
        site.grant_objects(function, "GetObject")
        route = apigw.HttpRoute(
            self,
            "Route",
            http_api=self.resource,
            route_key=apigw.HttpRouteKey.DEFAULT,
            integration=integrations.HttpLambdaIntegration("Function", function.resource),
        )
        accept(route, "APIG4", because="What it answers is public; throttling bounds what that can cost.")
        return function
