"""What leaves."""
