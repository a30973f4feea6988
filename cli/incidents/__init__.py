"""`pulseboard incident`: what people do to incidents, by way of the deployment's API."""
