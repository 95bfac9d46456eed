"""Actors and places: mentions first, then who and what they refer to.

`candidates` gathers names and descriptions, `coreference` joins those of one actor, and `entities`
is the way through.
"""
