import { expect, it } from 'vitest'
import { maskBit, maskWords, packMask } from '../../core/mask.ts'
import { attention } from '../attention.ts'
import { draw, expectClose, f64 } from './cases.ts'
import type { Subject } from './subject.ts'

const LENGTHS = [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65]

/** The longest of each workgroup shape and their neighbours; each runs once. */
const LONG = [128, 129, 197, 201, 256, 257, 261, 480, 481]

interface Case {
  B: number
  T: number
  H: number
  Dh: number
  mask?: { Lm: number; layer: number; bits: Uint32Array }
  ablate?: Uint32Array
  captureHeads: number[]
  qkv: Float32Array
}

function randomCase(seed: number): Case {
  const { pick, below, floats, bits } = draw(seed)
  const long = LONG[seed]
  const [B, T, H] = [long ? 1 : pick([1, 1, 2, 3]), long ?? pick(LENGTHS), pick(long ? [1, 2] : [1, 2, 3, 6])]
  const Dh = long ? pick([4, 32]) : pick([1, 2, 3, 4, 6, 8, 32, 33, 64])
  const Lm = pick([1, 3])
  const density = pick([0.05, 0.5, 0.95])
  const heads = Array.from({ length: H }, (_, h) => h)
  return {
    B,
    T,
    H,
    Dh,
    ...(below(3) > 0 && { mask: { Lm, layer: below(Lm), bits: randomMask(seed, Lm * B, T, density) } }),
    ...(below(2) > 0 && { ablate: bits(H) }),
    captureHeads: pick([heads, heads, [], heads.slice(1), heads.toReversed()]),
    qkv: floats(B * T * 3 * H * Dh, pick([0.3, 1, 3])),
  }
}

/** u32 [rows, T, ⌈T/32⌉] */
function randomMask(seed: number, rows: number, T: number, density: number): Uint32Array {
  const { bits } = draw(seed + 1000)
  const all = new Uint32Array(rows * T * maskWords(T))
  for (let row = 0; row < rows; row++) {
    const chosen = bits(T * T, density)
    all.set(
      packMask(T, (q, k) => chosen[q * T + k] === 1),
      row * T * maskWords(T),
    )
  }
  return all
}

function twin({ B, T, H, Dh, mask, ablate, captureHeads, qkv }: Case) {
  const D = H * Dh
  const out = {
    context: new Float64Array(B * T * D),
    logSumExp: new Float64Array(B * H * T),
    probabilities: new Float64Array(B * captureHeads.length * T * T),
  }
  const sizes = { B, T, D, H, Dh }
  attention(out, f64(qkv), mask?.bits ?? null, mask?.layer ?? 0, ablate ?? null, captureHeads, sizes)
  return out
}

export function attentionTests(test: Subject): void {
  async function onGpu({ B, T, H, Dh, mask, ablate, captureHeads, qkv }: Case) {
    const [context, logSumExp, probabilities = new Float32Array(0)] = await test.run((ops) => {
      const out = ops.attention(ops.input([B, T, 3 * H * Dh], qkv), {
        heads: H,
        captureHeads,
        ...(mask && { mask: ops.input([mask.Lm, B, T, maskWords(T)], mask.bits), maskLayer: mask.layer }),
        ...(ablate && { ablate: ops.input([H], ablate) }),
      })
      return [out.context, out.logSumExp, ...(out.probabilities ? [out.probabilities] : [])]
    })
    return { context: context as Float32Array, logSumExp: logSumExp as Float32Array, probabilities }
  }

  it('agrees with its twin over masks, layers, silenced heads and captures', async () => {
    for (let seed = 0; seed < 230; seed++) {
      const drawn = randomCase(seed)
      const what = `seed ${seed}: B ${drawn.B}, T ${drawn.T}, H ${drawn.H}, Dh ${drawn.Dh}`
      const [found, expected] = [await onGpu(drawn), twin(drawn)]
      expectClose(`${what} probabilities`, found.probabilities, expected.probabilities, { absolute: 1e-5 })
      expectClose(`${what} context`, found.context, expected.context, { absolute: 3e-5, relative: 1e-5 })
      expectClose(`${what} logSumExp`, found.logSumExp, expected.logSumExp, { absolute: 2e-5, relative: 1e-5 })
      expectRows(what, drawn, found.probabilities)
    }
  })

  it('gives zeros to a query that reads nothing', async () => {
    const [T, H, Dh] = [5, 2, 4]
    const bits = packMask(T, (q) => q !== 3)
    const qkv = draw(1).floats(T * 3 * H * Dh)
    const drawn = { B: 1, T, H, Dh, mask: { Lm: 1, layer: 0, bits }, captureHeads: [0, 1], qkv }
    const { context, logSumExp, probabilities } = await onGpu(drawn)
    expect([...context.subarray(3 * H * Dh, 4 * H * Dh)]).toEqual(Array(H * Dh).fill(0))
    expect([logSumExp[3], logSumExp[T + 3]]).toEqual([0, 0])
    expect([...probabilities.subarray(3 * T, 4 * T)]).toEqual(Array(T).fill(0))
  })

  it('silences a head and still reports its probabilities', async () => {
    const [T, H, Dh] = [9, 2, 4]
    const plain = { B: 1, T, H, Dh, captureHeads: [0, 1], qkv: draw(2).floats(T * 3 * H * Dh) }
    const [before, after] = [await onGpu(plain), await onGpu({ ...plain, ablate: Uint32Array.of(0, 1) })]
    expect(after.probabilities).toEqual(before.probabilities)
    for (let i = 0; i < before.context.length; i++) {
      expect(after.context[i]).toBe(i % (H * Dh) < Dh ? before.context[i] : 0)
    }
  })

  it.each([1, -1])('keeps its precision for scores of ±1e4 (sign %d)', async (sign) => {
    const [T, H, Dh] = [33, 1, 4]
    const qkv = draw(3).floats(T * 3 * Dh)
    // Scores are sign · 1e4 for every seventh key and −sign · 1e4 for the others.
    for (let t = 0; t < T; t++) {
      qkv.set([sign * 1e4, 0, 0, 0, 2 * (t % 7 === 3 ? 1 : -1), 0, 0, 0], t * 3 * Dh)
    }
    const drawn = { B: 1, T, H, Dh, captureHeads: [0], qkv }
    const [found, expected] = [await onGpu(drawn), twin(drawn)]
    expectClose('probabilities', found.probabilities, expected.probabilities, { absolute: 1e-5 })
    expectClose('context', found.context, expected.context, { absolute: 1e-5, relative: 1e-5 })
    expectRows('scores of ±1e4', drawn, found.probabilities)
  })

  it('takes 2048 tokens', async () => {
    const [T, H, Dh] = [2048, 1, 4]
    const drawn = { B: 1, T, H, Dh, captureHeads: [], qkv: draw(4).floats(T * 3 * Dh) }
    const [found, expected] = [await onGpu(drawn), twin(drawn)]
    expectClose('context', found.context, expected.context, { absolute: 2e-5 })
  })
}

/** Rows sum to 1 ± 1e-5, or to exactly 0 where nothing is readable; a masked key has exactly 0. */
function expectRows(what: string, { B, T, mask, captureHeads }: Case, probabilities: Float32Array): void {
  for (let row = 0; row < B * captureHeads.length * T; row++) {
    const b = Math.floor(row / (captureHeads.length * T))
    const maskRow = mask ? (mask.layer * B + b) * T + (row % T) : 0
    let sum = 0
    let readable = 0
    for (let k = 0; k < T; k++) {
      const p = probabilities[row * T + k] as number
      sum += p
      if (!mask || maskBit(mask.bits, T, maskRow, k)) readable++
      else if (p !== 0) throw new Error(`${what}: masked key ${k} of row ${row} has probability ${p}`)
    }
    const off = Math.abs(sum - (readable > 0 ? 1 : 0))
    if (off > (readable > 0 ? 1e-5 : 0))
      throw new Error(`${what}: row ${row} sums to ${sum}, ${readable} keys readable`)
  }
}
