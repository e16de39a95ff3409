"""The store: the only room that knows SQL. HOME is checked at start-up (finder/home.py)."""

HOME = "ml-finder"
