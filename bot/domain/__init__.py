"""What the words mean: values and rules, without I/O; time is an argument."""
