"""The pages by which claims are made."""
