"""The local stack: the same CDK app, deployed by the real CDK CLI into an embedded AWS, with a service to watch."""
