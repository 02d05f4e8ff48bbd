"""The whole product on one machine, against stand-ins of the platforms."""
