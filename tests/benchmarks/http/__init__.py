"""How fast the interface is, beside what the same stack could do and what others do."""
