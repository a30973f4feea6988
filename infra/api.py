"""The HTTP API: status JSON, health, the OpenAPI document."""

import json
from collections.abc import Mapping, Sequence

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigw
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from functions.adapters import keys
from infra.function import LOG_RETENTION, Function
from infra.rules import accept
from infra.site import Site
from infra.table import Table

# Requests a second, for all callers together. CloudFront answers most; this bounds what a flood costs.
RATE, BURST = 25, 50
# Pings have a bound of their own, so that a flood of them leaves the rest alone; and the other way round.
PING_PATHS = "/ping/{proxy+}"
PING_RATE, PING_BURST = 25, 100
# Without addresses and user agents: those are personal data, and nothing here needs them. About 200 bytes a request,
# so a million of them cost $0.10.
_LOG_FORMAT = {
    "request_id": "$context.requestId",
    "method": "$context.httpMethod",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency_ms": "$context.responseLatency",
    "error": "$context.integrationErrorMessage",
}
# The path of a ping is a secret.
_PATH = {"path": "$context.path"}


class Api(Construct):
    """An HTTP API whose function answers whatever path is asked for, so that every error has the one shape.

    `connect` is a step of its own, since the function needs the page's address, its distribution needs the API's, and
    CloudFormation allows no circles. `takes_pings`: there are heartbeats, which report to `/ping/`.
    """

    def __init__(self, scope: Construct, construct_id: str, *, name: str, takes_pings: bool = False) -> None:
        super().__init__(scope, construct_id)
        self._takes_pings = takes_pings
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
        self._stage = apigw.CfnStage(
            self,
            "Stage",
            api_id=self.resource.api_id,
            stage_name="$default",
            auto_deploy=True,
            access_log_settings=apigw.CfnStage.AccessLogSettingsProperty(
                destination_arn=access_log.log_group_arn,
                format=json.dumps(_LOG_FORMAT | ({} if takes_pings else _PATH)),
            ),
            default_route_settings=apigw.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=RATE, throttling_burst_limit=BURST
            ),
            # CloudFormation passes this on as it is, hence the names of the API itself.
            route_settings={f"ANY {PING_PATHS}": {"ThrottlingRateLimit": PING_RATE, "ThrottlingBurstLimit": PING_BURST}}
            if takes_pings
            else None,
        )

    def connect(
        self, *, code: lambda_.Code, table: Table, sites: Sequence[Site], environment: Mapping[str, str]
    ) -> Function:
        """Let the function `api` answer every path; it may read the table and the sites' files."""
        function = Function(
            self,
            "Function",
            name="api",
            description="Answers the HTTP API",
            code=code,
            memory=256,
            timeout=cdk.Duration.seconds(10),
            environment=environment,
            # A job that pings each minute would be a fifth of a dollar's worth of traces a month.
            traced=not self._takes_pings,
        )
        table.grant(function.role, "GetItem", "Query")
        for site in sites:
            site.grant_objects(function, "GetObject")
        integration = integrations.HttpLambdaIntegration("Function", function.resource)
        route = apigw.HttpRoute(
            self, "Route", http_api=self.resource, route_key=apigw.HttpRouteKey.DEFAULT, integration=integration
        )
        accept(route, "APIG4", because="What it answers is public; throttling bounds what that can cost.")
        if self._takes_pings:
            table.grant_partitions(function.role, "PutItem", partitions=[keys.PING, keys.PING_BODY])
            pings = apigw.HttpRoute(
                self,
                "Pings",
                http_api=self.resource,
                route_key=apigw.HttpRouteKey.with_(PING_PATHS, apigw.HttpMethod.ANY),
                integration=integration,
            )
            accept(pings, "APIG4", because="The key in the path, which cannot be guessed, says who it is.")
            # Settings of a route that is not there yet are refused.
            self._stage.node.add_dependency(pings)
        return function
