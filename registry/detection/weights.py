"""How much a rule's finding weighs in a case: points that are added up, so that staff can read and change them."""

WEIGHTS: dict[str, int] = {
    "S101": 5,
    "S102": 20,
    "S103": 60,
    "S104": 5,
    "S105": 10,
    "S201": 5,
    "S202": 10,
    "S203": 60,
    "S204": 55,
    "S301": 55,
    "S302": 50,
    "S303": 70,
    "S304": 50,
    "S305": 50,
}
"""Points of one rule's findings in a case, however many they are; a tie between the parties halves them."""

OTHERWISE = 10  # points of a rule that the table does not name
MOST_SCORE = 100
LEAST_POINTS = 30
"""Points of one kind from which a case is called by it; with less it is a case of kind `other` or `unregistered`."""
