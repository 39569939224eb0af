"""The API of the course as plain Python."""
