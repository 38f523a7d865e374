"""What somebody says when they call for help. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Call:
    """A call for help as it came in; only how it came is needed, everything else may wait."""

    came_by: str
    name: str = ""
    phone: str = ""
    email: str = ""
    may_call: bool = True
    may_text: bool = False
    reason: str = ""
    birth_date: date | None = None
    language: str = "en"
    asked_by: str = "self"
    asker_name: str = ""
    asker_relation: str = ""
    asker_phone: str = ""

    @property
    def questions(self) -> int:
        """Return how many questions the call has answered."""
        return sum(map(bool, (self.name, self.phone or self.email, self.reason, self.birth_date,
                              self.asker_name, self.asker_relation, self.asker_phone)))
