"""Counted and measured amounts: bounds, unit and what is counted."""
