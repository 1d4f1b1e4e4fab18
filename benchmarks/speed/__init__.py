"""What a message costs, part by part; `benchmarks/performance.py` runs them."""
