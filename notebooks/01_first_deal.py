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
# # 1. A first deal
#
# **You will be able to**
#
# 1. say what a bargaining problem consists of: players, issues, payoffs, and what happens without a deal;
# 2. find in a picture what is possible, what is efficient, and where both sides are better off than apart;
# 3. say what would make a deal disappear.
#
# **Time** 20 minutes. **Before you start** a little algebra; Python only to run cells. No network is needed.
#
# *All models here are illustrations, not forecasts.*

# %%
# %matplotlib inline
import bargain

# %%
shop = bargain.read("teaching/no_deal", variant="seller_in_need")
bargain.plot_frontier(bargain.compare(shop, [bargain.nash])).figure

# %% [markdown]
# A seller and a buyer talk about one thing, a price between 0 and 100. Each grey or dark point is a possible agreement:
# to the right it is better for the seller, higher up it is better for the buyer.
#
# - The **disagreement point** (×) is what each has if they walk away: 45 for the seller, 50 for the buyer.
# - The **frontier** is the dark line: no agreement is better for one without being worse for the other.
# - The shaded **zone** is what leaves both better off than walking away. A deal has to lie there.
#
# ## Which price?
#
# **Predict, then run.** Prices between 45 and 50 suit both. Nash's solution is the agreement with the largest product
# of *gains*, the seller's gain times the buyer's. Which price is it?

# %%
deal = bargain.solve(shop, bargain.nash)
deal

# %% [markdown]
# The product of gains is $(p - 45)(50 - p)$, largest in the middle. The answer comes with that number, its
# *certificate*: try any other price by hand and see that its product is smaller.
#
# ## What if somebody can walk away with more?
#
# **Predict, then run.** Give the seller a better alternative. Does the seller's payoff rise by as much? Where does the
# deal end?

# %% tags=["parameters"]
seller_walks_away_with = 48  # change me: anything from 0 to 70


# %%
def picture(seller_walks_away_with):
    """The bargaining problem when the seller has this much without a deal."""
    changed = bargain.set_value(shop, "disagreement.payoffs.seller", seller_walks_away_with)
    return bargain.plot_frontier(bargain.compare(changed, [bargain.nash])).figure


picture(seller_walks_away_with)

# %% [markdown]
# With a slider, where there is one (`pip install -e ".[notebook]"`); otherwise you see one more picture, of a seller
# who can walk away with 55.

# %%
try:
    from ipywidgets import IntSlider, interact
except ImportError:
    from IPython.display import display

    display(picture(55))
else:
    interact(picture, seller_walks_away_with=IntSlider(55, 30, 70, description="walks away"))

# %% [markdown]
# Above 50 the zone is empty: what both have apart is worth more than anything they can agree on. That is not a failure
# of the method but a finding, and it comes with the reason.

# %%
bargain.compare(bargain.read("teaching/no_deal"), [bargain.nash])

# %% [markdown]
# ## A real table: Berlin, December 2025
#
# Four who have to sign, seven issues, and the war goes on if they do not. Every issue and position has a source; every
# weight is an assumption with a range. **Nothing here is a forecast, nor says who is right.**

# %%
berlin = bargain.read("berlin_2025")
for issue in berlin.issues.values():
    print(issue.title)

# %%
everything = bargain.compare(berlin)
bargain.plot_frontier(everything, players=("ukraine", "russia")).figure

# %% [markdown]
# Two of four players fit on paper, so this is a shadow of the real frontier: a point that looks beaten here is better
# for somebody who is not shown.
#
# **Predict, then run.** Ukraine has offered to drop the membership bid for binding guarantees and refuses to give up
# land. Nash's solution weighs all seven issues at once. What does it say about membership, the guarantee and the line?

# %%
bargain.compare(berlin, [bargain.nash])

# %% [markdown]
# Trading across issues like this is called *logrolling*: each side gives way where it costs little and the other
# gains much. Below, a bar runs from the least to the most that a player can get from an issue.

# %%
bargain.plot_issues(bargain.compare(berlin, [bargain.nash])).figure

# %% [markdown]
# ## What flips it
#
# **Predict, then run.** The file names six changes. Which one leaves no deal at all?

# %%
answers = {name: bargain.solve(bargain.read("berlin_2025", variant=name), bargain.nash) for name in berlin.variants}
for name, answer in answers.items():
    print(f"{berlin.variants[name].title:55} {answer.status.replace('_', ' ')}")

# %%
bargain.compare(bargain.read("berlin_2025", variant="assurances_only"), [bargain.nash])

# %% [markdown]
# If no promise may be stronger than that of Budapest in 1994, whatever is agreed leaves somebody below no deal, and
# the answer names who. The other five changes move the deal; this one removes it.

# %% [markdown]
# ## Exercises
#
# **1. Read off.** How much better off than with no deal is each player under Nash's solution in Berlin? Which of them
# gains least?

# %%
# your answer

# %% [markdown]
# <details><summary>A hint</summary>The solution of one concept is <code>everything["nash"]</code>; it has
# <code>gains</code>.</details>

# %% tags=["solution"] jupyter={"source_hidden": true}
gains = everything["nash"].gains
least = min(gains, key=gains.get)
assert least == "united_states"
assert 8 < gains[least] < 9
least, gains

# %% [markdown]
# **2. Change a parameter.** In the shop, what is the largest alternative of the seller at which there is still a deal?
# Use `bargain.sweep` with the knob `disagreement.payoffs.seller`.

# %%
# your answer

# %% tags=["solution"] jupyter={"source_hidden": true}
values = [46, 47, 48, 49, 50, 51, 52]
study = bargain.sweep(shop, {"disagreement.payoffs.seller": values})
with_deal = [value for value, row in zip(values, study.rows, strict=True) if row["status"] == "agreement"]
assert max(with_deal) == 50
study

# %% [markdown]
# **3. Explain.** The seller's alternative rises by 2 and stays below 50. By how much does the price rise? Why not by 2?

# %% [markdown]
# <details><summary>A solution</summary>
#
# By 1. Nash's price is the middle of the zone, (s + 50) / 2; half of what the seller could have elsewhere comes out of
# the buyer's gain. An alternative pays even if it is never taken.
#
# </details>

# %% tags=["solution"] jupyter={"source_hidden": true}
prices = {s: bargain.solve(bargain.set_value(shop, "disagreement.payoffs.seller", s), bargain.nash) for s in (44, 46)}
rise = prices[46].agreement["price"] - prices[44].agreement["price"]
assert abs(rise - 1) < 1e-6
round(rise, 6)

# %% [markdown]
# **4. Open.** In Berlin, choose one number that you find doubtful (`bargain check berlin_2025` counts them; the file
# has a range for each) and see whether the answer hangs on it. Which issue moves first, and is that plausible?

# %% [markdown]
# <details><summary>One possible answer</summary>
#
# A front that is expected to hold makes waiting better for Ukraine: the line in the deal then is the present one. A
# front that is expected to give way moves it far back. Expectations about the war without a deal decide more than
# the wording of the guarantee, and nobody can read them off a source.
#
# </details>

# %% tags=["solution"] jupyter={"source_hidden": true}
lines = {name: answers[name].agreement["line"] for name in ("front_holds", "front_gives_way")}
assert lines["front_holds"] < 1 < everything["nash"].agreement["line"] < lines["front_gives_way"]
{name: round(line, 1) for name, line in lines.items()}

# %% [markdown]
# ## What the model leaves out
#
# - *Who bargains how.* No offers, deadlines or bluffs: a concept looks at what is possible, not at the way there.
# - *What happens afterwards.* Here a signed deal is a kept deal. A parliament may refuse, a promise may be broken.
# - *What is not known.* Everybody knows everybody's payoffs; in real talks much is about finding them out.
# - *What cannot be weighed.* Some refuse to put a number on lives, homes or borders. Red lines in the file stand for
#   that, crudely.
#
# Next: `02_what_is_fair`, where six concepts look at the same table and disagree.
