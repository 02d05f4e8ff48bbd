"""The law of bookings as an executable model: explored whole, broken on purpose, and driven through the real code."""
