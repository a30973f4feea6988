"""AWS's list prices in us-east-1, in dollars, without the free tier and without volume discounts.

Each constant is the price of one unit of what its name says; a month has 30 days. The sources are AWS's own pricing
pages; the date in brackets is that of the copy or citation at hand, often a third party's. DynamoDB's point-in-time
recovery could be confirmed nowhere, and S3's storage and GETs not in AWS's own words: look these up before relying on
them.
"""

HOURS_A_MONTH = 720
GB = 1024**3
"""AWS counts a gigabyte of storage, logs and memory in binary."""

# https://aws.amazon.com/lambda/pricing/ (2024-11): arm64, first 7.5 billion GB-seconds, and requests.
LAMBDA_GB_SECOND = 0.0000133334
LAMBDA_REQUEST = 0.20 / 1e6

# https://aws.amazon.com/dynamodb/pricing/on-demand/ (2025-07): standard table class. Storage: AWS's own
# https://aws.amazon.com/dynamodb/pricing/ ("from $0.25 per GB-month"). Recovery: not confirmed.
DYNAMODB_WRITE_UNIT = 0.625 / 1e6
DYNAMODB_READ_UNIT = 0.125 / 1e6
DYNAMODB_GB_MONTH = 0.25
DYNAMODB_RECOVERY_GB_MONTH = 0.20
# Reading a stream by Lambda's own trigger is free:
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CostOptimization_StreamsUsage.html (2025)

# https://aws.amazon.com/s3/pricing/ (2024-02, two third parties): S3 Standard, first 50 TB. DELETE is free. What
# CloudFront fetches is billed as GETs; the bytes from S3 to CloudFront are free.
S3_WRITE_REQUEST = 0.005 / 1e3  # PUT, COPY, POST, LIST
S3_READ_REQUEST = 0.0004 / 1e3  # GET, HEAD and all others
S3_GB_MONTH = 0.023

# https://aws.amazon.com/sns/pricing/ (2026-06): standard topics; deliveries to Lambda and SQS are free.
SNS_PUBLISH = 0.50 / 1e6
SNS_EMAIL = 2.00 / 1e5

# https://aws.amazon.com/eventbridge/pricing/ (2026-03)
SCHEDULER_INVOCATION = 1.00 / 1e6

# https://aws.amazon.com/cloudwatch/pricing/ (2026-02): standard log class; a custom metric and an alarm are billed
# by the hour in which they exist.
LOGS_INGESTED_GB = 0.50
LOGS_GB_MONTH = 0.03
METRIC_MONTH = 0.30
ALARM_MONTH = 0.10
# Each log event is billed with 26 bytes over its own length:
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
LOG_EVENT_OVERHEAD_BYTES = 26

# https://aws.amazon.com/api-gateway/pricing/ (2026-01): HTTP API, first 300 million.
HTTP_API_REQUEST = 1.00 / 1e6

# https://aws.amazon.com/cloudfront/pricing/ (2025): pay as you go, United States and Europe, HTTPS.
CLOUDFRONT_REQUEST = 0.0100 / 1e4
CLOUDFRONT_GB = 0.085

# https://aws.amazon.com/secrets-manager/pricing/ (2026-09): reads, as its examples are quoted by a third
# party. What a secret costs by itself ($0.40 a month) is not the deployment's. SSM standard parameters are free.
SECRET_READ = 0.05 / 1e4

# https://aws.amazon.com/xray/pricing/ (AWS's page, in its German and Chinese editions): traces recorded.
XRAY_TRACE = 5.00 / 1e6
