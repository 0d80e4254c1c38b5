"""What keeps an installation well: doctor, sweep, data migration, first start, heartbeat."""
