"""What a studio knows and decides: minis, spots, claims, bookings, prices and messages."""
