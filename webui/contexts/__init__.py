"""What each template gets: one frozen dataclass a page, and the functions that fill them from the library."""
