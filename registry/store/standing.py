"""How sure the registry is of a row; the words stand in the kernel, so that pure files know them too."""

from registry.kernel.standing import Standing

__all__ = ["Standing"]
