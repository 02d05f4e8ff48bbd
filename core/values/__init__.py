"""The smallest words of the house: money, moments, refusals, tokens and news."""
