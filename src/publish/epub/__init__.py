"""The book on a screen: documents, navigation, package."""
