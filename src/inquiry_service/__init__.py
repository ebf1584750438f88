"""The public inquiry and disclosure-on-request service of a commerce-and-grain bureau."""

__version__ = "0.1.0"
