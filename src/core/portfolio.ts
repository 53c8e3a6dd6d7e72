/** What a model of a portfolio says of itself, for who makes its features and who reads its answers. */

/** A portfolio model's features of a day are made of the last `window` returns, its answers are about the days after it. */
export interface PortfolioInfo {
  window: number
  /** Days ahead, in the order of the class tokens; `volatility_<days>d` is the log of the annualised volatility over them. */
  horizons: number[]
  /** What `regime` tells apart: log volatility of the longest horizon below, between and above the thresholds. */
  regimes: string[]
  thresholds: number[]
  featureNames: string[]
  tradingDays: number
  /** The least daily move that counts in a logarithm. */
  floor: number
  /** `return_<days>d` is in units of it, times √days. */
  usualDeviation: number
  /** Plain forecasts that were fitted on the days the model was trained on. */
  baselines?: VolatilityBaselines
  /** What the recipe measured on days that it did not train on. */
  figures?: PortfolioFigures
}

/**
 * By horizon what is added to EWMA's log volatility (RiskMetrics 1996); HAR's constant and the weights of its spans (Corsi 2009, "A Simple
 * Approximate Long-Memory Model of Realized Volatility"), and what is added.
 */
export interface VolatilityBaselines {
  ewma: { decay: number; shift: number[] }
  har: { spans: number[]; coefficients: number[][]; shift: number[] }
}

export interface PortfolioFigures {
  days: number
  from: string
  to: string
  /** By forecast, of each horizon: QLIKE (lower is better) and R² of the log volatility. */
  volatility: Record<string, { qlike: number[]; r2: number[] }>
  /** R² of the return heads: 0 is what the mean return gives. */
  returnR2: number[]
}
