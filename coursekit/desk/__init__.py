"""The `course` command, the learner's workspace, and JupyterLab."""
