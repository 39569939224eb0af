"""What comes in, and what leaves."""
