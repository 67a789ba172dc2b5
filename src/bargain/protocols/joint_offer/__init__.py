"""A bloc agrees among its members on what to offer to an absent outsider whose type is hidden.

``rules`` says what is given, ``solver`` finds the equilibrium by backward induction, ``judge`` looks for deviations and
shares no code with it.
"""

from bargain.protocols.joint_offer.filling import fill
from bargain.protocols.joint_offer.judge import judge
from bargain.protocols.joint_offer.rules import JointOffer
from bargain.protocols.joint_offer.solver import solve
from bargain.protocols.joint_offer.telling import tell
from bargain.protocols.protocol import Protocol

__all__ = ["joint_offer"]

joint_offer = Protocol(
    name="joint_offer",
    title="Joint offer",
    definition="a bloc settles by a concept what it offers to an absent outsider of unknown type, who accepts what is "
    "no worse than refusing, or may answer with a demand",
    source="perfect Bayesian equilibrium: Fudenberg & Tirole (1991), Journal of Economic Theory 53(2), 236-260; risk "
    "against return: Fearon (1995), International Organization 49(3), 379-414",
    rules=(JointOffer,),
    fill=fill,
    solve=solve,
    judge=judge,
    tell=tell,
)
