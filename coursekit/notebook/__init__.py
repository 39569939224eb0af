"""The functions that a learner calls in a notebook."""
