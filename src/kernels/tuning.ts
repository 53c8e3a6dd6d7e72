/**
 * Which variant of a kernel runs for an adapter and a shape: the only place that chooses. bench/NOTES.md says what was measured.
 *
 * Software adapters (SwiftShader, llvmpipe) pay dearly for barriers and for clearing workgroup memory, and little for a few busy
 * invocations; hardware is the other way round.
 */
export type Tuning = 'software' | 'hardware'

/** Invocations of a workgroup that meet at barriers: one SIMD group on software adapters. */
export function teamSize(tuning: Tuning): number {
  return tuning === 'software' ? 4 : 64
}

/** A row is a variant and where it runs; of several the first counts. */
interface Row<Shape, Variant> {
  on: Tuning | 'any'
  when: (shape: Shape) => boolean
  use: Variant
}

function choose<Shape, Variant>(table: readonly Row<Shape, Variant>[], shape: Shape, tuning: Tuning): Variant {
  return (table.find(({ on, when }) => (on === 'any' || on === tuning) && when(shape)) as Row<Shape, Variant>).use
}

interface AttentionShape {
  B: number
  H: number
  Tq: number
  Tk: number
  Dh: number
  queryStride: number
  keyStride: number
}

/** Register: ROWS queries an invocation. Tiled: ROWS queries an invocation, scores of KEPT tiles of Dh keys kept (0: computed twice). */
type AttentionRow = { kernel: 'register'; ROWS: number } | { kernel: 'tiled'; ROWS: number; KEPT: number }

/** The tiled kernel reads chunks of four, and has a chunk of a head an invocation; the register kernel puts scores where maps go, which must fit a binding of 128 MiB. */
const inFours = ({ Dh, queryStride, keyStride }: AttentionShape) =>
  Dh >= 8 && Dh <= 256 && [Dh, queryStride, keyStride].every((n) => n % 4 === 0)
const scoresFit = ({ B, H, Tq, Tk }: AttentionShape) => B * H * Tq * Tk <= 2 ** 25

// biome-ignore format: a table
const ATTENTION: readonly Row<AttentionShape, AttentionRow>[] = [
  { on: 'any',      when: (s) => !inFours(s),        use: { kernel: 'register', ROWS: 4 } },
  { on: 'software', when: scoresFit,                 use: { kernel: 'register', ROWS: 4 } },
  { on: 'any',      when: (s) => s.Tk <= 2 * s.Dh,   use: { kernel: 'tiled', ROWS: 2, KEPT: 2 } },
  { on: 'any',      when: (s) => s.Tk <= 4 * s.Dh,   use: { kernel: 'tiled', ROWS: 2, KEPT: 4 } },
  { on: 'any',      when: (s) => s.Tk < 400,         use: { kernel: 'tiled', ROWS: 2, KEPT: 0 } },
  { on: 'any',      when: () => true,                use: { kernel: 'tiled', ROWS: 4, KEPT: 0 } },
]

export type AttentionVariant =
  | { kernel: 'register'; ROWS: number }
  | { kernel: 'tiled'; ROWS: number; KEPT: number; TX: number; TY: number }

/** A tile has TX = Dh / 4 invocations a query and TY queries: about 64 together, in a workgroup that WebGPU's default limits allow. */
export function attentionVariant(shape: AttentionShape, tuning: Tuning): AttentionVariant {
  const row = choose(ATTENTION, shape, tuning)
  if (row.kernel === 'register') return row
  const TX = shape.Dh / 4
  const TY = [8, 4, 2].find((rows) => TX % rows === 0 && TX * rows <= 80) ?? 1
  return { ...row, TX, TY }
}
