"""Everybody outside, one folder per party, and the root that ties all together."""
