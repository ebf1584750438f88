"""What `make bench` measures, one module for each thing; `scripts/bench.py` is the door."""
