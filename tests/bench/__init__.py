"""Measures ratios, side by side in one run; absolute times mean nothing on shared machines."""
