"""What tests, benchmarks and tools share, and no user needs: doubles of vendors, real servers, a team with a job.

Easel's fakes for its users are in `easel.testing`.
"""
