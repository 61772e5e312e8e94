"""What must go when its time is over: papers, handlers' data, owners' addresses. The proof that it was there stays."""
