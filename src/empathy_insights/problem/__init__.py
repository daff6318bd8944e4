"""Turn themes into one question that a team can commit to."""
