"""Trade under private information: the sealed-bid double auction, its bound, and the best mechanism there is."""
