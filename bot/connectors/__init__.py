"""One file for each network: where public replies go."""
