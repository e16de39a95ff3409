"""`finder sources`, `status` and `doctor`: is what I see fresh, and if not, why?"""

from __future__ import annotations


