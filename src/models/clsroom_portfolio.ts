/**
 * A portfolio as a sequence (this project's own type; the PyTorch module is training/portfolio/model.py): a class token for each horizon and
 * one for the portfolio, then a token for each asset, whose features are projected. No positions: permuting the assets changes nothing.
 *
 *   x₀            = [CLS_1d ; CLS_5d ; … ; CLS_portfolio ; features · E + bias]
 *   x             = block(x)                                       for each of L layers, as ViT's
 *   h             = LayerNorm(x)
 *   volatility_k  = w_k · h[CLS_k]                                 [1, 1], log of the annualised volatility over the next k days
 *   return_k      = u_k · h[CLS_k]                                 [1, 1], of the same days, in usual deviations
 *   regime        = W · h[CLS_portfolio]                           [1, K]
 *   pointer       = (Q · h[CLS_portfolio]) · (K · h[assets]) / √D  [1, 1, N], the largest risk contributor (Vinyals et al. 2015, eq. 3, as
 *                                                                  a scaled product)
 */

import { z } from 'zod'
import type { Ops, Tensor } from '../core/ops.ts'
import type { PortfolioInfo } from '../core/portfolio.ts'
import { clsroomSchema, encoderShape, HEADS_RULE, headsDivideWidth, size } from './config.ts'
import { readExtraHeads, rowOf } from './extra_heads.ts'
import type { RowsInput } from './model.ts'
import { placeOf, placesOfRows, RowEncoder } from './row_encoder.ts'
import { specialTokens, vitBlocks, vitStack } from './vit.ts'
import type { LinearWeights, WeightReader } from './weights.ts'

/** See `VolatilityBaselines`. */
const baselines = z.object({
  ewma: z.object({ decay: z.number().positive().lt(1), shift: z.array(z.number()) }),
  har: z.object({
    spans: z.array(size(10_000)),
    coefficients: z.array(z.array(z.number())),
    shift: z.array(z.number()),
  }),
})

/** See `PortfolioFigures`. */
const figures = z.object({
  days: z.int(),
  from: z.string(),
  to: z.string(),
  volatility: z.record(z.string(), z.object({ qlike: z.array(z.number()), r2: z.array(z.number()) })),
  return_r2: z.array(z.number()),
})

/** What `regime_thresholds_log_vol` must hold. */
const THRESHOLDS_RULE = { path: ['regime_thresholds_log_vol'], error: 'one less than regimes, rising' }

export const portfolioConfig = z
  .object({
    model_type: z.literal('clsroom_portfolio'),
    ...encoderShape,
    num_features: size(4096),
    feature_names: z.array(z.string()),
    window_days: size(10_000),
    horizons: z.array(size(10_000)).min(1).max(64),
    cls_tokens: z.array(z.string()),
    regimes: z.array(z.string()).min(1),
    regime_thresholds_log_vol: z.array(z.number()),
    usual_daily_deviation: z.number().positive(),
    daily_floor: z.number().positive(),
    trading_days: size(366),
    clsroom: clsroomSchema
      .extend({ baselines: baselines.optional(), figures: figures.optional() })
      .default({ num_register_tokens: 0, heads: {} }),
  })
  .refine(headsDivideWidth, HEADS_RULE)
  .refine(({ num_features: F, feature_names: names }) => names.length === F, {
    path: ['feature_names'],
    error: 'a name for each of num_features',
  })
  .refine(({ cls_tokens: tokens, horizons }) => tokens.length === horizons.length + 1, {
    path: ['cls_tokens'],
    error: 'a token for each of horizons, and one for the portfolio',
  })
  .refine(({ clsroom, horizons }) => !clsroom.baselines || fits(clsroom.baselines, horizons.length), {
    path: ['clsroom', 'baselines'],
    error: 'numbers for each of horizons, and of HAR a constant and a weight for each span',
  })
  .refine(
    ({ regimes, regime_thresholds_log_vol: at }) => at.length === regimes.length - 1 && rises(at),
    THRESHOLDS_RULE,
  )
type PortfolioConfig = z.infer<typeof portfolioConfig>

function fits({ ewma, har }: z.infer<typeof baselines>, horizons: number): boolean {
  const rows = har.coefficients.every((row) => row.length === har.spans.length + 1)
  return rows && [ewma.shift, har.shift, har.coefficients].every(({ length }) => length === horizons)
}

function rises(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value > (values[i - 1] as number))
}

const ENCODER = new Set(['embeddings', 'encoder', 'layernorm', 'heads'])

export function portfolio(config: PortfolioConfig, reader: WeightReader): RowEncoder {
  const { hidden_size: D, num_features: F, cls_tokens: classNames } = config
  const projection = 'embeddings.asset_projection'
  const { answers, labels, activations } = ownHeads(config, reader)
  return new RowEncoder(
    {
      modelType: config.model_type,
      ...vitStack(config),
      rows: { features: F, classNames },
      embeddings: {
        classTokens: specialTokens(reader, '', D, [['cls_tokens', classNames.length]]),
        projection: reader.array(`${projection}.weight`, [D, F]).data,
        bias: reader.array(`${projection}.bias`, [D]).data,
      },
      blocks: vitBlocks(config, reader, ''),
      norm: reader.layerNorm('layernorm', D),
      extra: readExtraHeads(reader, config.clsroom, D),
      answers,
      encoder: ENCODER,
      info: { labels, activations, portfolio: infoOf(config) },
    },
    reader,
  )
}

function infoOf(config: PortfolioConfig): PortfolioInfo {
  const { baselines: plain, figures: measured } = config.clsroom
  return {
    window: config.window_days,
    horizons: config.horizons,
    regimes: config.regimes,
    thresholds: config.regime_thresholds_log_vol,
    featureNames: config.feature_names,
    tradingDays: config.trading_days,
    floor: config.daily_floor,
    usualDeviation: config.usual_daily_deviation,
    baselines: plain,
    figures: measured && { ...measured, returnR2: measured.return_r2 },
  }
}

/** A head that reads the class token `token` and no other. */
interface TokenHead {
  name: string
  token: number
  weights: LinearWeights
}

/** Where a token that a head reads was removed, the head has no answer. */
function ownHeads(config: PortfolioConfig, reader: WeightReader) {
  const { hidden_size: D, horizons, regimes } = config
  const last = horizons.length
  const ofHorizons = (kind: 'volatility' | 'return'): TokenHead[] =>
    horizons.map((days, token) => ({
      name: `${kind}_${days}d`,
      token,
      weights: reader.linear(`${kind}_heads.${token}`, D, 1),
    }))
  const heads: TokenHead[] = [
    ...ofHorizons('volatility'),
    ...ofHorizons('return'),
    { name: 'regime', token: last, weights: reader.linear('regime_head', D, regimes.length) },
  ]
  const asked = reader.packed(['pointer_query', null], D, D)
  const offered = reader.linear('pointer_key', D, D)

  const answers = (ops: Ops, x: Tensor, input: RowsInput): Record<string, Tensor> => {
    const logits: Record<string, Tensor> = {}
    for (const { name, token, weights } of heads) {
      const place = placeOf(input, token)
      if (place >= 0) logits[name] = ops.linear(rowOf(ops, x, place), weights.weight, weights.bias)
    }
    const portfolioAt = placeOf(input, last)
    const assets = placesOfRows(input)
    if (portfolioAt >= 0 && assets.length > 0) {
      // The log-sum-exp over a single key is its score: the assets' keys ask, the portfolio's query is what they read.
      const keysValues = ops.linear(rowOf(ops, x, portfolioAt), asked.weight, asked.bias)
      const rows = ops.gatherRows(x, ops.input([1, assets.length], assets))
      const queries = ops.linear(rows, offered.weight, offered.bias)
      logits.pointer = ops.attention(queries, { heads: 1, keysValues, captureHeads: [] }).logSumExp
    }
    return logits
  }
  const numbers = heads.filter(({ name }) => name !== 'regime').map(({ name }) => name)
  return {
    answers,
    labels: { regime: regimes, ...Object.fromEntries(numbers.map((name) => [name, [name]])) },
    activations: Object.fromEntries(numbers.map((name) => [name, 'none' as const])),
  }
}
