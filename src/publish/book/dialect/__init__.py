"""The Markdown that Octavo speaks: blocks by our own reader, inline marks by Python-Markdown's."""
