"""Opening a case for a buyer: the eight steps on one screen."""
