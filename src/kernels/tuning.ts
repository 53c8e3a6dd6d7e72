/**
 * Which variant of a kernel runs for an adapter and a shape: the only place that chooses. bench/NOTES.md says what was measured.
 *
 * Software adapters (SwiftShader, llvmpipe) pay dearly for barriers and for clearing workgroup memory, and little for a few busy
 * invocations; hardware is the other way round. A discrete card has so many cores that
 * a layer's tiles do not fill it.
 */
export type Tuning = 'software' | 'hardware' | 'discrete'

export function tuningOf({ software, vendor = '' }: { software: boolean; vendor?: string }): Tuning {
  if (software) return 'software'
  return vendor === 'nvidia' ? 'discrete' : 'hardware' // of other vendors one cannot tell
}

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

interface LinearShape {
  rows: number
  I: number
  O: number
}

/** Register: ROWS rows an invocation. Tiled: 8 · ROWS rows × 4 · TX columns a workgroup. */
type LinearRow = { kernel: 'register'; ROWS: number } | Tile
interface Tile {
  kernel: 'tiled'
  ROWS: number
  TX: number
}
const WIDE: Tile = { kernel: 'tiled', ROWS: 8, TX: 16 }
const NARROW: Tile = { kernel: 'tiled', ROWS: 4, TX: 8 }

/** Workgroups that fill a device, and the most parts that I is dealt out to: partial sums cost bandwidth where memory is slow. */
const FILL = {
  software: { workgroups: 1, parts: 1 },
  hardware: { workgroups: 96, parts: 4 },
  discrete: { workgroups: 384, parts: 16 },
}

/** Workgroups that a product of so many rows and columns takes. */
export function tilesOf({ ROWS, TX }: Pick<Tile, 'ROWS' | 'TX'>, rows: number, columns: number): number {
  return Math.ceil(rows / (8 * ROWS)) * Math.ceil(columns / (4 * TX))
}

function partsOf(tile: Tile, { rows, I, O }: LinearShape, tuning: Tuning): { tiles: number; parts: number } {
  const tiles = tilesOf(tile, rows, O)
  const most = Math.min(FILL[tuning].parts, Math.floor(I / 96))
  return { tiles, parts: Math.max(1, Math.min(most, Math.floor(FILL[tuning].workgroups / tiles))) }
}

/** Whether wide tiles, with the parts they would get, keep the device busy. */
function fills(shape: LinearShape, tuning: Tuning): boolean {
  const { tiles, parts } = partsOf(WIDE, shape, tuning)
  return tiles * parts >= 0.78 * FILL[tuning].workgroups
}

const plain = (s: LinearShape) => s.rows < 8 || s.I % 4 !== 0 || s.O % 4 !== 0

// biome-ignore format: a table
const LINEAR: readonly Row<LinearShape, LinearRow>[] = [
  { on: 'any',      when: (s) => plain(s) && s.rows <= 2,                use: { kernel: 'register', ROWS: 1 } },
  { on: 'any',      when: (s) => plain(s) && s.rows <= 8,                use: { kernel: 'register', ROWS: 4 } },
  { on: 'any',      when: (s) => plain(s),                               use: { kernel: 'register', ROWS: 16 } },
  { on: 'software', when: (s) => s.rows <= 8,                            use: { kernel: 'register', ROWS: 4 } },
  { on: 'software', when: () => true,                                    use: { kernel: 'register', ROWS: 16 } },
  { on: 'hardware', when: (s) => s.rows > 32 && fills(s, 'hardware'),    use: WIDE },
  { on: 'discrete', when: (s) => s.rows > 32 && fills(s, 'discrete'),    use: WIDE },
  { on: 'any',      when: () => true,                                    use: NARROW },
]

export type LinearVariant = { kernel: 'register'; ROWS: number } | (Tile & { parts: number })

export function linearVariant(shape: LinearShape, tuning: Tuning): LinearVariant {
  const row = choose(LINEAR, shape, tuning)
  return row.kernel === 'register' ? row : { ...row, parts: partsOf(row, shape, tuning).parts }
}
