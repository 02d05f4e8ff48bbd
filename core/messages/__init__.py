"""What must be said to whom, and until when it is still worth saying."""
