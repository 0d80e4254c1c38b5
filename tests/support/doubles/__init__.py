"""Doubles of the paid services: real servers on loopback that answer as the vendors do, and bill nothing."""
