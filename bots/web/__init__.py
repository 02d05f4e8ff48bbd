"""The web: what outsiders reach over HTTP. It knows no party; what it does with what comes in is given to it."""
