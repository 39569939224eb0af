"""Kernels that are there at once: forked from a process that has already imported what the course's notebooks need."""
