"""The vocabulary in which lessons write their checks. A module for each subject; a lesson imports those that it needs."""
