"""A sample world: invented employers and repositories, in the true formats of real sources, served on loopback."""
