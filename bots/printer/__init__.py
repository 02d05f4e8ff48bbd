"""The printer: documents that people keep, and pictures made fit to be kept."""
