"""What the desk costs, beside the least it could cost: measured in one run, printed as tables."""
