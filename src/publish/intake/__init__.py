"""Text from elsewhere becomes a manuscript."""
