"""Which articles anybody but the operator may see: the one condition that every public query holds."""

from __future__ import annotations

# Neither withheld (hidden by the operator, quarantined by rule, merged into another one) nor removed by its site.
# As the partial indexes have it, word by word: SQLite uses them for no other wording.
IS_SHOWN = "withheld is null and removed is null"
IS_WITHDRAWN = "(withheld is not null or removed is not null)"
