"""One job, from request to result: submit, run, capacity, inputs, provider call, store, finalize. Read `run` first."""
