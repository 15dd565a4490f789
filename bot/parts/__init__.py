"""The parts of a running desk; any process may run any of them."""
