"""Matches, steps and source health as text, JSON and tables. Pure: nothing here prints."""
