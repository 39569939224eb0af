"""The names that a notebook imports from `coursekit`. A lesson's cells must not reuse them for anything else."""

KIT_NAMES = ("check", "hint", "predict", "progress", "review", "run_tests", "serve", "show", "solution")
