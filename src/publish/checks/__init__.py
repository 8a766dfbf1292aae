"""Is it true: completeness, validators, and the list of problem codes."""
