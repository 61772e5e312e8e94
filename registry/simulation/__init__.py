"""A made world with ground truth: who registered what, what the gateways then saw, and who of them cheats."""
