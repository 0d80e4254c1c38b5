"""Operation of an installation: doctor, sweep, data migration, first start, heartbeat."""
