"""The studio: one photography business and what it has settled for all its minis."""
