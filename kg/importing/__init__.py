"""References from other programs: read, compared with what is there, and made into sources."""
