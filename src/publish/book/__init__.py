"""What the manuscript means: Markdown read into sections of semantic XHTML."""
