"""What the course consists of, and the words in which everybody speaks of it."""
