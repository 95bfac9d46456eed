"""Reportedly: news reports as structured data that keeps *who says so?* in every row."""

__version__ = "0.1.0"
