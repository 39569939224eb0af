"""Where the lessons are, what is in them, and how text and pictures are made."""
