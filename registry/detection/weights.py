"""How much a rule's finding weighs in a case: points that are added up, so that staff can read and change them."""

WEIGHTS: dict[str, int] = {
    "S101": 5,
    "S102": 35,
    "S103": 60,
    "S104": 5,
    "S105": 10,
    "S106": 55,
    "S107": 70,
    "S108": 55,
    "S109": 50,
    "S201": 5,
    "S202": 10,
    "S203": 60,
    "S204": 55,
    "S205": 50,
    "S206": 50,
    "S207": 10,
    "S208": 50,
    "S301": 55,
    "S302": 50,
    "S303": 70,
    "S304": 50,
    "S305": 50,
    "S306": 60,
    "S307": 50,
    "S308": 5,
    "S309": 10,
    "S310": 15,
    "S311": 60,
    "S312": 10,
    "S313": 10,
    "S401": 70,
    "S402": 50,
    "S403": 55,
    "S404": 5,
    "S501": 10,
    "S502": 10,
    "S601": 65,
    "S602": 5,
}
"""Points of one rule's findings in a case, however many they are; a tie between the parties halves them."""

OTHERWISE = 10  # points of a rule that neither the table nor its own `POINTS` names
MOST_SCORE = 100
LEAST_POINTS = 30
"""Points of one kind from which a case is called by it; with less it is a case of kind `other` or `unregistered`."""
