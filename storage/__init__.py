"""How facts are kept: tables, units of work and migrations, on SQLite and PostgreSQL."""
