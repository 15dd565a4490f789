"""What can be typed: a function for each form of each command."""
