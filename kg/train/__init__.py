"""Learned extractors: examples in, a model file out. Needs the `train` extra (torch)."""
