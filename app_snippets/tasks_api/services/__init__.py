"""What the service does. Nothing here knows of HTTP."""
