"""A finished book on its way to those who need it."""
