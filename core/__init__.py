"""What the service is: pure and synchronous; no framework, socket, clock, environment or database."""
