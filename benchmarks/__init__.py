"""What things cost, measured in one run against the bare engine; never a timed test."""
