"""What people contribute: drafts, the review queue, and the way of what is accepted into the base."""
