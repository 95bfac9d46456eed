"""PLOVER events: triggers, participants and circumstances; one event for all its mentions."""
