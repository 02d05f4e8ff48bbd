"""Bookings: holds, claims, prices, and every way in which they begin, change and end."""
