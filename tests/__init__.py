"""The tests mirror the four packages; what stands at this level serves them all."""
