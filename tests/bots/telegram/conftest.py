import pytest

from tests.bots.telegram.libraries import LIBRARIES, Library


@pytest.fixture(params=list(LIBRARIES.values()), ids=list(LIBRARIES))
def library(request: pytest.FixtureRequest) -> Library:
    """Each of the libraries in turn."""
    return request.param
