"""What holds after every step, whatever is done to cases of a real store, by whom, and when."""
