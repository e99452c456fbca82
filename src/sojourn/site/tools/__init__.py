"""Two tools for everybody: count a time limit, and see the amounts of means of a day."""
