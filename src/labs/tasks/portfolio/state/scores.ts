/** How forecasts of volatility are scored, as training/portfolio/losses.py has it. */

/** QLIKE (Patton 2011): the mean of v / f − log(v / f) − 1, of a variance v and its forecast f; 0 is the best. */
export function qlike(forecast: readonly number[], truth: readonly number[]): number {
  const losses = forecast.map((log, i) => {
    const ratio = Math.exp(2 * ((truth[i] as number) - log))
    return ratio - Math.log(ratio) - 1
  })
  return mean(losses)
}

/** R² of log volatility: 1 is the best, 0 is what the mean of these days gives; NaN where they do not differ. */
export function rSquared(forecast: readonly number[], truth: readonly number[]): number {
  const middle = mean(truth)
  const spread = mean(truth.map((value) => (value - middle) ** 2))
  const error = mean(truth.map((value, i) => (value - (forecast[i] as number)) ** 2))
  return spread === 0 ? Number.NaN : 1 - error / spread
}

/** Pearson's correlation; NaN where one does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [middleA, middleB] = [mean(a), mean(b)]
  const joint = mean(a.map((value, i) => (value - middleA) * ((b[i] as number) - middleB)))
  const spread = (values: readonly number[], middle: number) =>
    Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
  const spreads = spread(a, middleA) * spread(b, middleB)
  return spreads === 0 ? Number.NaN : joint / spreads
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
