"""A claim as a form: fields and help from shapes and schemes, and the statements that come of it."""
