"""What the service promises beyond the contract that it shares with the stages of the course."""
