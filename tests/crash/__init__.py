"""Killing the program with SIGKILL at named points, and feeding its rim with what nobody would send."""
