# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 2. What is fair?
#
# **You will be able to**
#
# 1. say in one sentence each what six solution concepts maximise or equalise;
# 2. use axioms to say *why* they disagree, and show it with an example;
# 3. explain who pays for being afraid of risk, and what drawing lots changes.
#
# **Time** 25 minutes. **Before you start** `01_first_deal`.
#
# *All models here are illustrations, not forecasts.*

# %%
# %matplotlib inline
import bargain

classics = [
    bargain.nash,
    bargain.asymmetric_nash,
    bargain.kalai_smorodinsky,
    bargain.egalitarian,
    bargain.leximin,
    bargain.utilitarian,
]

# %%
bridge = bargain.compare(bargain.read("teaching/polygon"), classics)
bargain.plot_frontier(bridge).figure

# %% [markdown]
# Two river banks choose one of five plans for a bridge; without a bridge both have 0. All five are efficient.
#
# | concept | what it asks for |
# | --- | --- |
# | Nash | the largest product of gains |
# | asymmetric Nash | the same with unequal bargaining power |
# | Kalai–Smorodinsky | equal shares of each player's best hope |
# | egalitarian | equal gains |
# | leximin | the worst-off as well off as can be, then the next |
# | utilitarian | the largest sum |
#
# **Predict, then run.** The plans pay (0, 11), (9, 9), (13, 8), (15, 7) and (20, 4). Work out by hand which plan each
# of them picks; four different plans are picked.

# %%
bridge

# %% [markdown]
# Egalitarian and leximin agree here, as always when equal gains are topped up until nothing is wasted. Asymmetric Nash
# equals Nash because both banks have the same power. There are more concepts than these six: `bargain.CATALOGUE`.
#
# ## Why they disagree: axioms
#
# Every concept keeps some promises and breaks others. Three of them can be tried out.
#
# **Units do not matter.** Payoffs are utilities, whose units mean nothing: count North's in halves and nothing about
# the bridge has changed. **Predict, then run.** Which concepts notice?


# %%
def plans(scenario):
    """Concept -> the plan it picks."""
    return {solution.concept: solution.agreement["plan"] for solution in bargain.compare(scenario, classics).solutions}


plain = plans(bargain.read("teaching/polygon"))
halved = plans(bargain.read("teaching/polygon", sets=["utilities.north.plan.weight=0.5"]))
for name in plain:
    print(f"{name:20} {plain[name]} -> {halved[name]}")

# %% [markdown]
# Egalitarian, leximin and utilitarian add and compare North's units with South's, so they need units that mean the same
# for both. Nash and Kalai–Smorodinsky do not.
#
# **What nobody chose does not matter.** Plan A is nobody's answer. **Predict, then run.** If it is taken off the list,
# does anybody change their mind?

# %%
without_a = plans(bargain.read("teaching/polygon", sets=["rules=[{forbid: {plan: a}}]"]))
for name in plain:
    print(f"{name:20} {plain[name]} -> {without_a[name]}")

# %% [markdown]
# Kalai–Smorodinsky does: South could hope for 11 before and for 9 now, and shares of hope are what it compares. Nash
# proved that a rule that ignores units *and* what nobody chose (and is efficient, and treats equals equally) can
# only be his.
#
# **More to share should hurt nobody.** In this example from Kalai and Smorodinsky's paper, Two can get more than before
# whatever One gets. **Predict, then run.** Under which of the two does Two end up with *less*?

# %%
pair = [bargain.nash, bargain.kalai_smorodinsky]
before, after = (bargain.read("literature/kalai_smorodinsky_1975", variant=variant) for variant in (None, "wider"))
for label, scenario in (("before", before), ("after", after)):
    for solution in bargain.compare(scenario, pair, regime="lotteries").solutions:
        print(f"{label:7} {solution.concept:18} Two gets {solution.payoffs['two']:.3f}")

# %% [markdown]
# **All promises at once.** An axiom can be a program that looks for violations: it changes units, takes plans off the
# table, makes no bridge better for one bank, and sees what the answer does. *Kept* is a promise for every problem of
# two players. *Broken here* was caught on these five plans, with the first example below the table; *broken elsewhere*
# needs another problem. **Predict, then run.** Who keeps "more to choose from hurts nobody" (strong monotonicity)?

# %%
bargain.audit(bargain.read("teaching/polygon"), classics)

# %% [markdown]
# Nobody does, as long as one of finitely many plans has to be signed. If lots may be drawn, equal gains can be had
# exactly, and the egalitarian rule keeps that promise by leaving something on the table: for that it gives up
# efficiency, which leximin keeps and pays for. Which promises go together? Ask for those that *you* would want.

# %%
wanted = [bargain.axioms.symmetry, bargain.axioms.scale_invariance, bargain.axioms.individual_monotonicity]
bargain.audit(bargain.read("teaching/polygon"), classics, wanted, regime="lotteries").satisfying

# %% [markdown]
# ## Three partners, nine goods
#
# **Predict, then run.** Amal makes most of an hour in the studio (3), Bruno 2, Chiara 1; Chiara cares most about
# leading. Under which concept does Bruno get nothing at all?

# %%
partners = bargain.compare(bargain.read("teaching/three_partners"), classics)
bargain.plot_issues(partners).figure

# %% [markdown]
# The sum is largest when every hour goes to whoever makes most of it. Bruno is not below what he has alone, which is
# all that the utilitarian rule promises him.
#
# Nash's own example of 1950: Bill and Jack swap nine goods. Which goods change hands under every concept?

# %%
barter = bargain.compare(bargain.read("literature/nash_1950_barter"), classics)
barter

# %% [markdown]
# ## Who is afraid of ending up with nothing?
#
# Ann and Ben divide a pie. Ann's utility is a power of her share: with exponent 1 she does not mind risk, the lower the
# exponent the more she is afraid of ending up with nothing.
#
# **Predict, then run.** Does being afraid get Ann more of the pie, or less?

# %% tags=["parameters"]
exponent = 0.5  # change me: from 0.1 (very afraid) to 1 (not at all)


# %%
def pie(exponent):
    """How Nash and Kalai-Smorodinsky divide the pie when Ann is this much afraid."""
    scenario = bargain.set_value(bargain.read("teaching/split_the_pie"), "utilities.ann.pie.exponent", exponent)
    return bargain.plot_frontier(bargain.compare(scenario, pair)).figure


pie(exponent)

# %%
try:
    from ipywidgets import FloatSlider, interact
except ImportError:
    from IPython.display import display

    display(pie(0.2))
else:
    interact(pie, exponent=FloatSlider(0.2, min=0.1, max=1, step=0.1, continuous_update=False))

# %% [markdown]
# The frontier bulges towards Ann's side: little shares are already worth much to her, so little buys her consent.

# %%
fear = bargain.sweep(
    bargain.read("teaching/split_the_pie"), {"utilities.ann.pie.exponent": [0.2, 0.4, 0.6, 0.8, 1.0]}, pair
)
for exponents, share in zip(
    fear.column("utilities.ann.pie.exponent", concept="nash"),
    fear.column("agreement.pie.ann", concept="nash"),
    strict=True,
):
    print(f"exponent {exponents:.1f}: Nash gives Ann {share:.3f}")

# %% [markdown]
# ## Drawing lots
#
# So far one agreement had to be signed. If the banks may also draw lots among plans, everything between the points can
# be had as an expected payoff. **Predict, then run.** Who moves?

# %%
drawn = bargain.compare(bargain.read("teaching/polygon"), classics, regime="lotteries")
bargain.plot_frontier(drawn).figure

# %%
drawn

# %% [markdown]
# Sometimes a coin is the *only* deal. Ada and Bo want to go out together, but to different places; alone each has 1.2,
# with company 2 at the place of choice and 1 at the other.

# %%
evening = bargain.read("teaching/lottery_helps")
for regime in ("pure", "lotteries"):
    answer = bargain.solve(evening, bargain.nash, regime)
    print(f"{regime:10} {answer.status:13} {dict(answer.payoffs)}")

# %% [markdown]
# ## Exercises
#
# **1. Read off.** Which concepts leave Bill and Jack with the same gain, or as near to it as goods that cannot be cut
# allow? What does Nash's product of gains come to?

# %%
# your answer

# %% tags=["solution"] jupyter={"source_hidden": true}
gaps = {solution.concept: abs(solution.gains["bill"] - solution.gains["jack"]) for solution in barter.solutions}
assert min(gaps.values()) == gaps["egalitarian"] == gaps["leximin"] == 2
assert barter["nash"].certificate["product_of_gains"] == 60
gaps

# %% [markdown]
# **2. Change a parameter.** How much of the pie does Nash give Ann at exponent 0.25? Guess a formula from the list
# above first.

# %%
# your answer

# %% [markdown]
# <details><summary>A solution</summary>
#
# With Ann's utility x^a and Ben's 1 − x, the product x^a (1 − x) is largest where a/x = 1/(1 − x), so x = a / (1 + a).
# At a = 0.25 that is one fifth.
#
# </details>

# %% tags=["solution"] jupyter={"source_hidden": true}
timid = bargain.read("teaching/split_the_pie", sets=["utilities.ann.pie.exponent=0.25"])
share = bargain.solve(timid, bargain.nash).agreement["pie"]["ann"]
assert abs(share - 0.25 / 1.25) < 1e-6
round(share, 6)

# %% [markdown]
# **3. Explain.** A mediator proposes to make payoffs comparable by giving both banks 100 points for their best plan.
# What does the egalitarian rule become, and for which concepts does the proposal change nothing?

# %% [markdown]
# <details><summary>A solution</summary>
#
# With 0 for no bridge and 100 for the best plan, equal gains *are* equal shares of the best hope: the egalitarian rule
# becomes Kalai–Smorodinsky. Nash and Kalai–Smorodinsky themselves do not notice units.
#
# </details>

# %% tags=["solution"] jupyter={"source_hidden": true}
points = plans(
    bargain.read("teaching/polygon", sets=["utilities.north.plan.weight=5", f"utilities.south.plan.weight={100 / 11}"])
)
assert points["egalitarian"] == points["kalai_smorodinsky"] == plain["kalai_smorodinsky"]
assert points["nash"] == plain["nash"]
points

# %% [markdown]
# **4. Open.** In Berlin (`berlin_2025`) the concepts put the ceasefire line in different places. Which promise, of the
# ones above, would you want an arbitrator to keep there, and which line follows from it?

# %% [markdown]
# <details><summary>One possible answer</summary>
#
# Nobody's units can be compared there, so an arbitrator should not add or compare them; that leaves Nash and
# Kalai–Smorodinsky. Between the two: should an extreme hope that nobody will get count? If not, Nash.
#
# </details>

# %% tags=["solution"] jupyter={"source_hidden": true}
berlin = bargain.compare(bargain.read("berlin_2025"), classics)
lines = {solution.concept: round(solution.agreement["line"], 1) for solution in berlin.solutions}
assert lines["utilitarian"] < lines["nash"] < lines["kalai_smorodinsky"] < lines["egalitarian"]
lines

# %% [markdown]
# ## What the model leaves out
#
# - *Where utilities come from.* They are taken as given and as known to all.
# - *Who decides what is fair.* Axioms tell what goes together, not which to prefer.
# - *Power beyond the disagreement point.* Asymmetric Nash has one number for it, and says nothing about its cause.
# - *Rights and needs.* A rule that looks at payoffs only cannot see who was wronged, or who is poor.
#
# Next: `03_patience_and_power`, where nobody asks what is fair.
