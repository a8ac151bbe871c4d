"""The pages of the desk: what was handed in, one contribution, a batch, what became of one's own."""
