"""Services to watch."""
