"""The fetching room, the only one that knows httpx and protego: Request in, Fetched or FetchError out."""

from finder.fetch.client import Fetcher, Terms

__all__ = ["Fetcher", "Terms"]
