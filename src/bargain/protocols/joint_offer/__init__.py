"""A bloc agrees among its members on what to offer to an absent outsider whose type is hidden.

``rules`` says what is given, ``solve`` finds the equilibrium by backward induction, ``judge`` looks for deviations and
shares no code with it.
"""
