"""The fetching room, the only one that knows httpx and protego: Request in, Fetched or FetchError out."""

from finder.fetch.client import Fetcher
from finder.fetch.terms import Terms

__all__ = ["Fetcher", "Terms"]
