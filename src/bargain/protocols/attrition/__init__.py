"""Wars of attrition: holding out for a prize at a cost, or for a demand behind a reputation for being stubborn."""
