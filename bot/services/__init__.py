"""What people and the clock may do, one file per actor's intent."""
