"""The book on paper: pages, page map, ledger, PDF."""
