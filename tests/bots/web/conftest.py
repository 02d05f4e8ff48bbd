from tests.bots.stripe.conftest import samples

__all__ = ["samples"]
