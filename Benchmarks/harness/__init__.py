"""Measures the gateway beside its peers; Benchmarks/run is the way in."""
