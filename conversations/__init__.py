"""How a talk goes: steps, screens and words, the same on every messenger."""
