"""The service over HTTP."""

PREFIX = "/api/v1"  # of everything that a client calls
