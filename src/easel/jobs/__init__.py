"""The job row: the checkpoint everything durable hangs on. Its states, its legal moves, and who may go next."""
