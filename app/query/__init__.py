"""From filters to rows: everything that reads the database for clients, without knowing HTTP."""
