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
# # 3. Patience and power
#
# **You will be able to**
#
# 1. work out by hand what two rational hagglers agree on: with two rounds, with three, and without end;
# 2. say what makes a haggler strong (patience, the last word, the turn to propose), and what does not;
# 3. tell a fallback to leave for from one to live on, and say what a quota and a veto are worth.
#
# **Time** 25 minutes. **Before you start** `02_what_is_fair`.
#
# *All models here are illustrations, not forecasts.*

# %%
# %matplotlib inline
from math import log

from matplotlib.figure import Figure

import bargain

# %%
pie = bargain.read("teaching/rubinstein_1982")
talks = bargain.play(pie, "talks")
bargain.plot_play(talks).figure

# %% [markdown]
# So far a rule divided the pie. Now Ann and Bob do it themselves. Ann proposes, Bob accepts or refuses; after a refusal
# a round passes, and Bob proposes; and so on. Waiting costs: a pie one round later is worth 0.9 as much to Ann and 0.8
# as much to Bob. That is their **patience**.
#
# The answer is an *equilibrium* without empty threats: wherever play has got to, nobody gains by doing anything else
# from there on. The picture has what each proposes in turn; the diamond and the dotted curve can wait.
#
# ## From the end backwards
#
# **Predict, then run.** If there is one round only, Ann says "take it or leave it", and Bob, who has nothing else,
# takes it: she keeps everything. With *two* rounds Bob has the last word. What does Ann keep? And with *three*?


# %%
def anns_share(rounds):
    """What Ann gets if there are so many rounds, and no deal after the last."""
    return bargain.play(bargain.set_value(pie, "protocols.two_rounds.horizon", rounds), "two_rounds").payoffs["ann"]


for rounds in (1, 2, 3):
    print(f"last round {rounds}: Ann gets {anns_share(rounds):.2f}")

# %% [markdown]
# | rounds | what Bob could have by refusing Ann's first offer | Ann keeps |
# | --- | --- | --- |
# | 1 | nothing | 1 |
# | 2 | everything next round, now worth 0.8 | 1 − 0.8 = 0.2 |
# | 3 | next round what he need not leave to Ann, 1 − 0.9, now worth 0.8 × 0.1 | 1 − 0.08 = 0.92 |
#
# They agree at once every time; the rounds that are never played decide on what. Below are twelve rounds with Bob
# speaking last. Read the picture from right to left.

# %%
bargain.plot_play(bargain.play(bargain.set_value(pie, "protocols.two_rounds.horizon", 12), "two_rounds")).figure

# %% [markdown]
# **Predict, then run.** Near a deadline the last word decides. What if the deadline is far away?

# %%
for rounds in (3, 4, 9, 10, 29, 30, 1000):
    print(f"{rounds:4} rounds, {'Ann' if rounds % 2 else 'Bob'} speaks last: Ann gets {anns_share(rounds):.4f}")

# %% [markdown]
# Whoever speaks last, it ends at 5/7. *Without end* that can be had directly. Let Ann keep $x$ when she proposes, and
# Bob $y$ when he does. Each leaves the other just what waiting is worth:
#
# $$1 - x = 0.8\,y, \qquad 1 - y = 0.9\,x, \qquad\text{so}\qquad x = \frac{1 - 0.8}{1 - 0.9 \cdot 0.8} = \frac57.$$
#
# **Predict, then run.** How much of her 5/7 does Ann owe to being first?

# %%
print("being first is worth", round(talks.measures["first_mover_advantage"]["ann"], 4), "to Ann")
talks

# %% [markdown]
# If Bob began she would get 9/14, so being first is worth 1/14 to her, and the rest is patience. Below the table stands
# the *certificate*: a second program has looked for somebody who would gain by leaving the plan.
#
# ## Patience is power
#
# **Predict, then run.** Ann learns to wait: a round costs her 5 % instead of 10 %. What does she get?

# %% tags=["parameters"]
anns_patience = 0.95  # change me: from 0.5 (in a great hurry) to 0.97


# %%
def picture(anns_patience):
    """Both proposals when Ann is this patient."""
    changed = bargain.set_value(pie, "players.ann.patience", anns_patience)
    return bargain.plot_play(bargain.play(changed, "talks")).figure


picture(anns_patience)

# %%
try:
    from ipywidgets import FloatSlider, interact
except ImportError:
    from IPython.display import display

    display(picture(0.6))
else:
    interact(picture, anns_patience=FloatSlider(0.6, min=0.5, max=0.97, step=0.01, continuous_update=False))

# %% [markdown]
# At 0.95 she keeps (1 − 0.8) / (1 − 0.95 × 0.8) = 5/6. Patience need not be a virtue. An election, a dwindling
# treasury, losses every week make a side impatient; who makes waiting dear *for the other* gains as if by patience.
#
# ## When offers come faster
#
# **Predict, then run.** Answers take a month, then two weeks, then one. What is left of the advantage of being first?

# %%
for row in talks.tables["faster_offers"]:
    first, second = row["ann_keeps"], 1 - row["bob_keeps"]
    print(f"a round of {row['length_of_a_round']:6}: Ann gets {first:.4f} if she proposes, {second:.4f} if Bob does")

# %% [markdown]
# Half as long a round, half the advantage; both proposals meet in the diamond of the pictures. Where is that? Notebook
# 2 had a concept for unequal *power*, and nothing to say about where power comes from. Try one over the rate at which
# a pie melts away: $1/|\ln 0.9|$ for Ann, $1/|\ln 0.8|$ for Bob (who was called Ben there).

# %%
powers = [f"players.ann.power={-1 / log(0.9)}", f"players.ben.power={-1 / log(0.8)}"]
unequal = bargain.read("teaching/split_the_pie", variant="risk_neutral", sets=powers)
print("asymmetric Nash:", round(bargain.solve(unequal, bargain.asymmetric_nash).payoffs["ann"], 4))
print("fast offers:    ", round(talks.measures["nash_limit"]["ann"], 4))

# %% [markdown]
# **Power is patience**, and with equal patience fast haggling leads to the plain Nash solution: a rule made for
# fairness describes hard bargaining. (With these powers the product of gains is the same at both proposals: the dotted
# curve.) But what is its disagreement point?
#
# ## What "no deal" means
#
# Now both have patience 0.9, and Bob, without anything else, gets 0.47. Give him a fallback worth 0.4.
#
# **Predict, then run.** What does he get in each case?
#
# - *outside*: when he refuses, he can leave for an offer elsewhere; *good outside*: the same, worth 0.6;
# - *inside*: he lives on it as long as they disagree;
# - *risk*: time costs nothing, but after a refusal talks break down with a chance of 0.1, and then he has it.

# %%
fallback = bargain.read("teaching/what_no_deal_means")
cases = {name: bargain.play(fallback, name) for name in ("nothing", "outside", "good_outside", "inside")}
cases["risk"] = bargain.play(bargain.read("teaching/what_no_deal_means", variant="only_risk"), "risk")
for name, case in cases.items():
    print(f"{name.replace('_', ' '):13} Bob gets {case.payoffs['bob']:.3f}")

# %% [markdown]
# The offer of 0.4 is worth *nothing*: who has 0.47 by staying will not leave for 0.4, and Ann knows it. The offer of
# 0.6 brings 0.6 and no more. Living on 0.4, or ending up with it by accident, brings more than either.

# %%
axes = Figure(figsize=(8, 4.6), layout="constrained").subplots()
worths = [step / 40 for step in range(41)]
for kind, style, words, height in (
    ("inside", "-", "he lives on it", 0.74),
    ("outside", "--", "he can leave for it", 0.5),
):
    knob = f"protocols.{kind}.{kind}.bob"
    shares = [bargain.play(bargain.set_value(fallback, knob, worth), kind).payoffs["bob"] for worth in worths]
    axes.plot(worths, shares, style, color="#D55E00", linewidth=2.5)
    axes.text(0.4, height, words, horizontalalignment="right", fontsize=12)
axes.set(xlabel="what Bob has to fall back on", ylabel="what Bob gets of the pie", xlim=(0, 1), ylim=(0, 1.01))
axes.set_title("What a fallback is worth", loc="left", fontweight="bold")
axes.figure

# %% [markdown]
# Most people have *split the difference* in mind: your fallback and half of what is left, here 0.4 + 0.6 / 2 = 0.7. The
# upper line is nearly that (exactly, with fast offers), and risk is like it. An offer elsewhere is a mere **floor**,
# the lower line: *deal me out*. So what belongs into the `disagreement` of a scenario is the war that goes on during
# talks, or what comes if they collapse; not another deal for which one could leave any day.
#
# ## More than two
#
# **All have to agree.** Ann, Ben and Cem divide seven loaves and propose in this order, over and over. A round of
# waiting halves what a loaf is worth. **Predict, then run.** How many loaves does each get?

# %%
line = bargain.play(bargain.read("teaching/unanimity_three"), "in_turn")
print({line.players[name]: round(loaves, 2) for name, loaves in line.payoffs.items()})

# %% [markdown]
# A place in the line is worth twice the next. Ben would be first a round later and so accepts half of what the first
# gets; Cem would be second. (This is the *stationary* equilibrium: plans do not depend on the past. If they may, three
# or more patient players can support nearly any division.)
#
# **Three of five are enough.** Five divide a dollar; one of them, drawn by lot, proposes; waiting costs 20 %.
# **Predict, then run.** What does the proposer keep? And if all five have to agree?

# %%
for variant, rule in ((None, "three of five"), ("unanimity", "all five")):
    council = bargain.play(bargain.read("teaching/baron_ferejohn_1989", variant=variant), "closed")
    keeps, expects = council.measures["keeps_as_proposer"]["b"], council.payoffs["b"]
    print(f"{rule}: Ben keeps {keeps:.2f} as proposer and expects {expects:.2f} before the draw")

# %% [markdown]
# Before the draw everybody expects 1/5, so a vote costs 0.8 / 5 = 0.16. The proposer buys two, or four. The quota does
# not change what equal members expect but how unequal they end up: with three of five, two get nothing.
#
# **Predict, then run.** Between two, patience was power. Now only Ben learns to wait. Does he expect more than 1/5?

# %%
bargain.plot_play(bargain.play(bargain.read("teaching/baron_ferejohn_1989", variant="patient"), "closed")).figure

# %% [markdown]
# Less! At 1/5 his vote would be the dearest, and the dear are left out, until he expects so little that his vote costs
# what the others' do. Patience is power for those whose signature is *needed*.
#
# **A veto** makes it needed. Two of three votes pass a division, but not without the President's.
# **Predict, then run.** What does the President expect with a veto, and what with a veto but never the turn to propose?

# %%
for variant, rule in (("no_veto", "nobody can veto"), (None, "a veto"), ("agenda", "a veto, and never the turn")):
    congress = bargain.play(bargain.read("teaching/one_veto", variant=variant), "congress")
    print(f"{rule:27} {congress.payoffs['president']:.3f}")

# %% [markdown]
# A veto more than doubles the share. But it only says no: who never proposes is paid what waiting is worth, and waiting
# for the offers of others is worth nothing. Power takes both.
#
# ## An answer that is never given
#
# Back to Berlin. In this reading Ukraine, the United States and the Europeans settle by Nash's rule what they offer to
# Russia, which was not in the room. **Predict, then run.** First Russia can only say yes or no. Then it could, with a
# chance of one half, answer with a demand of its own. What becomes of the *first* offer?

# %%
berlin = bargain.read("berlin_2025")
for name in ("berlin", "reply"):
    offer = bargain.play(berlin, name)
    print(f"{berlin.protocols[name].title}: {offer.agreement['line']:.0f} {berlin.issues['line'].unit}")
    print("   ", ", ".join(f"{offer.players[player]} {payoff:.0f}" for player, payoff in offer.payoffs.items()))

# %% [markdown]
# Both times the first offer is accepted, and nobody makes the demand. That it *could* be made moves the line, as the
# rounds that Ann and Bob never played decided what they agreed on.

# %% [markdown]
# ## Exercises
#
# **1. Read off.** From how many rounds on does the deadline, whoever speaks last, change Ann's share by less than 0.01?

# %%
# your answer

# %% tags=["solution"] jupyter={"source_hidden": true}
moved = {rounds: abs(anns_share(rounds) - 5 / 7) for rounds in range(1, 40)}
enough = next(rounds for rounds in moved if max(moved[later] for later in range(rounds, 40)) < 0.01)
assert moved[enough - 1] >= 0.01 > moved[enough]
enough

# %% [markdown]
# **2. Change a parameter.** Ann begins. At which patience does she get just half? Find it by hand, then check.

# %%
# your answer

# %% [markdown]
# <details><summary>A solution</summary>
#
# (1 − 0.8) / (1 − 0.8 a) = 1/2 means 1 − 0.8 a = 0.4, so a = 0.75: a little less than Bob's, because she is first.
#
# </details>

# %% tags=["solution"] jupyter={"source_hidden": true}
half = bargain.play(bargain.set_value(pie, "players.ann.patience", 0.75), "talks")
assert abs(half.payoffs["ann"] - 0.5) < 1e-9
half.payoffs

# %% [markdown]
# **3. Explain.** A trade union (Bob) can have a strike fund that pays 0.3 as long as the strike goes on, or another
# firm's offer to hire everybody for 0.4. Which should it want?

# %% [markdown]
# <details><summary>A solution</summary>
#
# The fund, although it is smaller: members live on it while they disagree, so it lifts the whole bargain. The offer is
# below the 0.47 that they get anyway, and the firm need not fear that they leave.
#
# </details>

# %% tags=["solution"] jupyter={"source_hidden": true}
fund = bargain.play(bargain.set_value(fallback, "protocols.inside.inside.bob", 0.3), "inside").payoffs["bob"]
assert fund > 0.63
assert abs(cases["outside"].payoffs["bob"] - cases["nothing"].payoffs["bob"]) < 1e-9
round(fund, 3), round(cases["outside"].payoffs["bob"], 3)

# %% [markdown]
# **4. Open.** The council of five is about to choose its rules, and you advise Ada. She could ask for a veto, for being
# drawn half of the time, or for unanimity. What should she ask for, and what will the others say?

# %% [markdown]
# <details><summary>One possible answer</summary>
#
# The veto pays most, and the others, at whose cost it is, will notice. Being drawn half of the time sounds harmless and
# pays nearly as much. Unanimity gives everybody a veto, and nobody more than before.
#
# </details>

# %% tags=["solution"] jupyter={"source_hidden": true}
five = bargain.read("teaching/baron_ferejohn_1989")
wishes = {
    "a veto": bargain.play(bargain.set_value(five, "protocols.closed.vetoes", ["a"]), "closed"),
    "half of the draws": bargain.play(five, "chair"),
    "unanimity": bargain.play(bargain.read("teaching/baron_ferejohn_1989", variant="unanimity"), "closed"),
}
expected = {wish: round(equilibrium.payoffs["a"], 3) for wish, equilibrium in wishes.items()}
assert expected["a veto"] > expected["half of the draws"] > expected["unanimity"] == 0.2
expected

# %% [markdown]
# ## What the model leaves out
#
# - *What is not known.* Here all know how patient all are, and agree at once. Real talks drag on to find that out.
# - *Tying one's hands.* Nobody can promise never to accept less; who can, gets more.
# - *Who made the rules.* Turns, quotas, vetoes and deadlines are given. Often they are what was fought over.
# - *Feelings.* People turn down small shares that are better than nothing.
# - *Keeping the deal.* A side that will be stronger next year may not stay with what it signed.
