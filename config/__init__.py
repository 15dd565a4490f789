"""How this desk is set up: settings of the machine, and the files of the company."""
