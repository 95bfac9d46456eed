"""Which words attribute which content to whom: one small function for each construction."""
