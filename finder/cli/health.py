"""`finder sources`, `status` and `doctor`: is what I see fresh, and if not, why?"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from finder.cli.context import Context, context, reading
from finder.cli.out import say
from finder.errors import FinderError
from finder.render.records import iso
from finder.render.words import counted, moment, safe
