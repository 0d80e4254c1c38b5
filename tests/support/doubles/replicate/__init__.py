"""The parts of the Replicate double; `easel.testing.replicate_double` puts them together."""
