"""What an opening is worth to one person now, and why: facts and completed steps in, ordered matches out."""

from finder.rank.order import explained, ordered, rank
from finder.rank.weights import DEFAULTS, RULES, Weights

__all__ = ["DEFAULTS", "RULES", "Weights", "explained", "ordered", "rank"]
