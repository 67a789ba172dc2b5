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
    definition="a bloc settles by a concept, over what its offers are worth on average, what it offers to an absent "
    "outsider whose type is hidden; types accept what is no worse for them than refusing, after which they may demand "
    "something themselves",
    source="perfect Bayesian equilibrium (Fudenberg & Tirole, 1991, Journal of Economic Theory 53(2), 236-260); risk "
    "against return as in Fearon (1995), International Organization 49(3), 379-414; the bargain inside by the concept "
    "that is named",
    rules=(JointOffer,),
    fill=fill,
    solve=solve,
    judge=judge,
    tell=tell,
)
