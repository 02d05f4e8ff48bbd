"""Stripe: the till that takes cards, and what its webhook tells."""
