"""Money: the page that asks for it, what came in, and what must go back."""
