"""A client books a spot: what is offered, the time, the details, and the look over everything."""
