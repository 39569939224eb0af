"""A to-do service: tasks, users, authentication. The API of the course, cut into modules."""
