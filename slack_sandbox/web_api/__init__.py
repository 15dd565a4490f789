"""The Web API, one module per family of methods, each registered where it is written."""
