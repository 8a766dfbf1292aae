"""How the book looks: themes, fonts, images, documents."""
