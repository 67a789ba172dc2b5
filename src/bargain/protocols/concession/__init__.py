"""A dance of offers: players with given strategies make offers in turn until all accept or time is up."""
