export const en = {
  caution: 'Attention is no cause: “Risk” takes every asset away once, and measures the forecast.',
  strip:
    'A class token for each horizon and one for the portfolio, then a token an asset; the bar under an asset is what the chosen class token reads of it. The order says nothing.',
  'strip.symbols': 'c: trained class tokens; f: 52 features of an asset; E, b: one projection for all; no positions.',
  panel:
    'The volatility of the equally weighted portfolio: measured up to the last known day, foretold by the model, and, where it is known, what came. Below, shocks and which assets are chosen.',
  'panel.symbols': 'r: daily returns of the portfolio; h: days; 252 trading days make a year’s scale.',
  reads:
    'Which assets each class token reads: rows are class tokens, columns assets, in the order of the chosen one; below, how many assets it reads in effect.',
  'reads.symbols': 'A: attention of the chosen layer and head; c: a class token; n: as many assets read alike.',
  readouts:
    'The forecast of each horizon beside EWMA and HAR of the same window and what came; the regime of the next 21 days, and the asset that the model points at as the largest contributor to risk.',
  'readouts.symbols':
    'y: log volatility that the head says; r: returns of the window; σ₍k₎: volatility of its last k days; λ, β, c: constants of the recipe.',
  'tool.risk':
    'The causal check of the assets: each is masked, and taken out of the portfolio, once; a line an asset says what is read of it and how the forecast changes, in percentage points.',
  'tool.risk.symbols':
    'σ̂: annualised volatility foretold with all assets and without asset j; positive: the asset raises it.',
  'tool.windows':
    'Calm days and stressed ones side by side: the regime said and the one that came, and how many assets each class token reads in effect, with the one it reads most.',
  'tool.windows.symbols': 'a: what a class token reads of the assets, adding up to 1; n: as many assets read alike.',
  'tool.walk':
    'Every day in turn as the last one known: the forecast of model, EWMA and HAR and what came, as lines; then their scores. Nothing after a day is used for it.',
  'tool.walk.symbols':
    'σ: volatility that came; f: the forecast; n: days whose end is known; QLIKE 0 and R² 1 are best.',
  figures: 'Scores of the recipe on its held-out years; measured by the training run, not by this page.',
  'figures.symbols': 'σ: volatility that came; f: the forecast; n: test days.',
  'tool.checks':
    'Two checks: the assets in other orders must leave every answer, and another future must leave the answer of the day.',
  'tool.checks.symbols': 'X: rows of assets; π: an order by lot; y: answers, of which the pointer moves along.',
  'ahead-check':
    'Every price after the last known day is replaced by noise: the answers must stay. With the last day replaced, too, they must not: so the check can fail.',
  'ahead-check.symbols': 'p: prices; p̃: prices that wander by lot; t: the last known day; y: all answers.',
  'tool.pooling':
    'The same forecast read from each horizon’s class token, from the mean of the assets, and from their sum weighed by one learned query; below, how alike the class tokens are.',
  'tool.pooling.symbols':
    'h: last states; n: assets; α: weights by the learned query, adding up to 1; below cosines of the class tokens’ states.',
}
