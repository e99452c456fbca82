"""What `make bench` holds us against: the same things done by other means, in the same run."""
