"""Minis with their packages and add-ons, days and spots."""
