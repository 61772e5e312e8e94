"""The owner of a signature is asked about every letter in its name; its own word counts, the paper does not."""
