"""The `course` command, the workspace and JupyterLab."""
