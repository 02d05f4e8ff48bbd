"""The demo's page: static files, and the little server that speaks with them."""
