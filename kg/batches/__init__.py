"""Imports of many references at once, row by row, that can be stopped and taken up again."""
