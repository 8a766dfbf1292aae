"""What the author wrote: files, front matter, metadata, places."""
