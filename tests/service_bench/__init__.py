"""What `tests/bench_service.py` measures, by purpose."""
