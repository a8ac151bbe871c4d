"""The pages by which a policy is diagnosed: where it starts, its steps, what follows, the brief."""
