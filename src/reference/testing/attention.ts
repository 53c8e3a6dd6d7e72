import { expect, it } from 'vitest'
import { maskWords } from '../../core/mask.ts'
import { attentionSizes } from '../../core/op_shapes.ts'
import { type AttentionOptions, CAUSAL, type DType, type Ops, type Tensor, type Window } from '../../core/ops.ts'
import { attention, readableKeys } from '../attention.ts'
import { draw, expectClose, expectSameBits, f64 } from './cases.ts'
import type { Subject } from './subject.ts'

const LENGTHS = [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65]

/** Where the tiled variants change and their neighbours; each runs once. */
const LONG = [128, 129, 197, 201, 256, 257, 261, 399, 401]

interface Case {
  B: number
  H: number
  Dh: number
  queries: Float32Array
  Tq: number
  Hk?: number
  /** Keys and values from elsewhere, [B, rows, 2·Hk·Dh], of which Tk rows are read. */
  other?: { rows: number; Tk: number; data: Float32Array }
  mask?: { Lm: number; layer: number; Hm: number; bits: Uint32Array }
  window?: Window
  bias?: { shape: number[]; data: Float32Array }
  scale?: number
  ablate?: Uint32Array
  captureHeads: number[]
}

function randomCase(seed: number): Case {
  const { pick, below, floats, bits } = draw(seed)
  const long = LONG[seed]
  const [B, Tq, H] = [long ? 1 : pick([1, 1, 2, 3]), long ?? pick(LENGTHS), pick(long ? [1, 2] : [1, 2, 3, 6])]
  const Dh = long ? pick([8, 32]) : pick([1, 2, 3, 4, 6, 8, 32, 33, 64])
  const Hk = pick([H, H, 1, H % 2 === 0 ? H / 2 : H])
  const spread = pick([0.3, 1, 3])
  const Tk = long ?? pick(LENGTHS)
  const rows = Tk + below(3)
  const apart = below(2) > 0
  const keys = apart ? Tk : Tq
  const [Lm, Hm] = [pick([1, 3]), pick([1, H])]
  const heads = Array.from({ length: H }, (_, h) => h)
  const biased = pick([undefined, [H, Tq, keys], [Tq + keys - 1, H]])
  return {
    B,
    Tq,
    H,
    Dh,
    Hk,
    queries: floats(B * Tq * (apart ? H : H + 2 * Hk) * Dh, spread),
    ...(apart && { other: { rows, Tk, data: floats(B * rows * 2 * Hk * Dh, spread) } }),
    ...(below(3) > 0 && {
      mask: { Lm, Hm, layer: below(Lm), bits: randomMask(seed, Lm * B * Hm * Tq, keys, pick([0.05, 0.5, 0.95])) },
    }),
    window: pick([undefined, CAUSAL, { back: below(9), ahead: below(9) }]),
    ...(biased && { bias: { shape: biased, data: floats(biased.reduce((a, b) => a * b)) } }),
    scale: pick([undefined, 0.5 / Math.sqrt(Dh)]),
    ...(below(2) > 0 && { ablate: bits(H) }),
    captureHeads: pick([heads, heads, [], heads.slice(1), heads.toReversed()]),
  }
}

/** u32 [rows, ⌈T/32⌉], its padding bits set: no kernel may read them. */
function randomMask(seed: number, rows: number, T: number, density: number): Uint32Array {
  const { bits } = draw(seed + 1000)
  const words = maskWords(T)
  const chosen = bits(rows * words * 32, density)
  return Uint32Array.from({ length: rows * words }, (_, word) => {
    let packed = 0
    for (let bit = 0; bit < 32; bit++) packed |= (chosen[word * 32 + bit] as number) << bit
    return packed >>> 0
  })
}

/** The operands of a case as tensors that `put` makes. */
function call(drawn: Case, put: (shape: number[], data: Float32Array | Uint32Array) => Tensor) {
  const { B, Tq, H, Dh, Hk = H, queries, other, mask, bias, ablate } = drawn
  const Tk = other?.Tk ?? Tq
  const options: AttentionOptions = {
    heads: H,
    keyHeads: Hk,
    captureHeads: drawn.captureHeads,
    window: drawn.window,
    scale: drawn.scale,
    ...(other && { keysValues: put([B, other.rows, 2 * Hk * Dh], other.data), keys: other.Tk }),
    ...(mask && {
      mask: put([mask.Lm, B, ...(mask.Hm > 1 ? [mask.Hm] : []), Tq, maskWords(Tk)], mask.bits),
      maskLayer: mask.layer,
    }),
    ...(bias && { bias: put(bias.shape, bias.data) }),
    ...(ablate && { ablate: put([H], ablate) }),
  }
  return { queries: put([B, Tq, (other ? H : H + 2 * Hk) * Dh], queries), options }
}

function sizesOf(drawn: Case) {
  const dtype = (data: Float32Array | Uint32Array): DType => (data instanceof Uint32Array ? 'u32' : 'f32')
  const { queries, options } = call(drawn, (shape, data) => ({ shape, dtype: dtype(data) }))
  return attentionSizes(queries, options)
}

function twin(drawn: Case) {
  const { queries, other, mask, bias, ablate = null, captureHeads } = drawn
  const sizes = sizesOf(drawn)
  const { B, H, Tq, Tk, Dh } = sizes
  const out = {
    context: new Float64Array(B * Tq * H * Dh),
    logSumExp: new Float64Array(B * H * Tq),
    probabilities: new Float64Array(B * captureHeads.length * Tq * Tk),
  }
  const operands = {
    queries: f64(queries),
    keysValues: f64(other?.data ?? queries),
    mask: mask?.bits ?? null,
    bias: bias ? f64(bias.data) : null,
    ablate,
    captureHeads,
  }
  attention(out, operands, sizes)
  return out
}

export function attentionTests(test: Subject): void {
  async function onBackend(drawn: Case) {
    const [context, logSumExp, probabilities = new Float32Array(0)] = await test.run((ops: Ops) => {
      const { queries, options } = call(drawn, ops.input)
      const out = ops.attention(queries, options)
      return [out.context, out.logSumExp, ...(out.probabilities ? [out.probabilities] : [])]
    })
    return { context: context as Float32Array, logSumExp: logSumExp as Float32Array, probabilities }
  }

  it('agrees with its twin over lengths, sources, masks, windows, biases, grouped heads, silenced heads and captures', async () => {
    for (let seed = 0; seed < 230; seed++) {
      const drawn = randomCase(seed)
      const what = `seed ${seed}: B ${drawn.B}, Tq ${drawn.Tq}, H ${drawn.H}, Dh ${drawn.Dh}`
      const [found, expected] = [await onBackend(drawn), twin(drawn)]
      expectClose(`${what} probabilities`, found.probabilities, expected.probabilities, { absolute: 1e-5 })
      expectClose(`${what} context`, found.context, expected.context, { absolute: 3e-5, relative: 1e-5 })
      expectClose(`${what} logSumExp`, found.logSumExp, expected.logSumExp, { absolute: 2e-5, relative: 1e-5 })
      expectRows(what, drawn, found.probabilities)
    }
    // A software adapter takes seconds to compile each variant for hardware.
  }, 300_000)

  it('gives zeros to a query that reads nothing', async () => {
    const [T, H, Dh] = [5, 2, 4]
    const bits = Uint32Array.from({ length: T }, (_, q) => (q === 3 ? 0 : 31))
    const queries = draw(1).floats(T * 3 * H * Dh)
    const drawn = { B: 1, Tq: T, H, Dh, mask: { Lm: 1, Hm: 1, layer: 0, bits }, captureHeads: [0, 1], queries }
    const { context, logSumExp, probabilities } = await onBackend(drawn)
    expect([...context.subarray(3 * H * Dh, 4 * H * Dh)]).toEqual(Array(H * Dh).fill(0))
    expect([logSumExp[3], logSumExp[T + 3]]).toEqual([0, 0])
    expect([...probabilities.subarray(3 * T, 4 * T)]).toEqual(Array(T).fill(0))
  })

  it('silences a head and still reports its probabilities', async () => {
    const [T, H, Dh] = [9, 2, 4]
    const plain = { B: 1, Tq: T, H, Dh, captureHeads: [0, 1], queries: draw(2).floats(T * 3 * H * Dh) }
    const [before, after] = [await onBackend(plain), await onBackend({ ...plain, ablate: Uint32Array.of(0, 1) })]
    expectSameBits('probabilities', after.probabilities, before.probabilities)
    for (let i = 0; i < before.context.length; i++) {
      expect(after.context[i]).toBe(i % (H * Dh) < Dh ? before.context[i] : 0)
    }
  })

  it.each([1, -1])('keeps its precision for scores of ±1e4 (sign %d)', async (sign) => {
    const [T, H, Dh] = [33, 1, 4]
    const queries = draw(3).floats(T * 3 * Dh)
    // Scores are sign · 1e4 for every seventh key and −sign · 1e4 for the others.
    for (let t = 0; t < T; t++) {
      queries.set([sign * 1e4, 0, 0, 0, 2 * (t % 7 === 3 ? 1 : -1), 0, 0, 0], t * 3 * Dh)
    }
    const drawn = { B: 1, Tq: T, H, Dh, captureHeads: [0], queries }
    const [found, expected] = [await onBackend(drawn), twin(drawn)]
    expectClose('probabilities', found.probabilities, expected.probabilities, { absolute: 1e-5 })
    expectClose('context', found.context, expected.context, { absolute: 1e-5, relative: 1e-5 })
    expectRows('scores of ±1e4', drawn, found.probabilities)
  })

  it('takes 2048 tokens', async () => {
    const [T, H, Dh] = [2048, 1, 8]
    const drawn = { B: 1, Tq: T, H, Dh, captureHeads: [], queries: draw(4).floats(T * 3 * Dh) }
    const [found, expected] = [await onBackend(drawn), twin(drawn)]
    expectClose('context', found.context, expected.context, { absolute: 2e-5 })
  })

  it('goes on step by step from kept keys and values as the whole sequence goes', async () => {
    const [T, H, Hk, Dh] = [13, 4, 2, 8]
    const [W, kept] = [(H + 2 * Hk) * Dh, 2 * Hk * Dh]
    const packed = draw(5).floats(T * W)
    const whole = await onBackend({
      B: 1,
      Tq: T,
      H,
      Hk,
      Dh,
      queries: packed,
      window: CAUSAL,
      captureHeads: [0, 1, 2, 3],
    })
    const cache = test.backend.constant([1, 16, kept], new Float32Array(16 * kept))
    let row = 0
    for (const step of [5, 1, 1, 4, 1, 1]) {
      const [context, maps] = (await test.run((ops) => {
        const x = ops.input([1, step, W], packed.slice(row * W, (row + step) * W))
        ops.keep(cache, x, row)
        const options = {
          heads: H,
          keyHeads: Hk,
          keysValues: cache,
          keys: row + step,
          window: CAUSAL,
          captureHeads: [2],
        }
        const out = ops.attention(x, options)
        return [out.context, out.probabilities as Tensor]
      })) as [Float32Array, Float32Array]
      const rows = whole.context.subarray(row * H * Dh, (row + step) * H * Dh)
      expectClose(`context from row ${row}`, context, f64(rows), { absolute: 1e-5 })
      for (let q = 0; q < step; q++) {
        const from = (2 * T + row + q) * T
        const expected = f64(whole.probabilities.subarray(from, from + row + step))
        const found = maps.subarray(q * (row + step), (q + 1) * (row + step))
        expectClose(`map of row ${row + q}`, found, expected, { absolute: 1e-5 })
      }
      row += step
    }
    test.backend.free([cache])
  })
}

/** Rows sum to 1 ± 1e-5, or to exactly 0 where nothing is readable; a masked key has exactly 0. */
function expectRows(what: string, drawn: Case, probabilities: Float32Array): void {
  const sizes = sizesOf(drawn)
  const { Tq, Tk } = sizes
  const allowed = readableKeys(drawn.mask?.bits ?? null, sizes)
  const { captureHeads } = drawn
  for (let row = 0; row * Tk < probabilities.length; row++) {
    const b = Math.floor(row / (captureHeads.length * Tq))
    const h = captureHeads[Math.floor(row / Tq) % captureHeads.length] as number
    let sum = 0
    let readable = 0
    for (let k = 0; k < Tk; k++) {
      const p = probabilities[row * Tk + k] as number
      sum += p
      if (allowed(b, h, row % Tq, k)) readable++
      else if (p !== 0) throw new Error(`${what}: masked key ${k} of row ${row} has probability ${p}`)
    }
    const off = Math.abs(sum - (readable > 0 ? 1 : 0))
    if (off > (readable > 0 ? 1e-5 : 0))
      throw new Error(`${what}: row ${row} sums to ${sum}, ${readable} keys readable`)
  }
}
