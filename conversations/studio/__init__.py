"""What a studio says to its bot: the grammars of its commands."""
