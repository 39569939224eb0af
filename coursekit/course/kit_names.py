"""The names that `from coursekit import …` offers in a notebook. A lesson's cells must not give them another meaning."""

KIT_NAMES = ("check", "hint", "predict", "progress", "review", "run_tests", "serve", "show", "solution")
