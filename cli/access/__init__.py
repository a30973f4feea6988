"""`pulseboard access`: who may see private pages."""
