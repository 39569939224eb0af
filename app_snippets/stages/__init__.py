"""The API after each lesson: built from `lessons/` by `course build`, one runnable module a lesson."""
