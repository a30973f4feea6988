"""A small shop with health endpoints and switches that break it."""
