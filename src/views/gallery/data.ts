/** Seeded synthetic data for the gallery: plausible shapes, no model. */

import { uniform } from '../../core/random.ts'
import type { Kind } from '../../core/tokens.ts'
import type { StripToken } from '../tokens/types.ts'

const SENTENCE: [string, Kind, number][] = [
  ['[CLS]', 'cls', 2],
  ['the', 'word', 71],
  ['movie', 'word', 618],
  ['was', 'word', 84],
  ['not', 'word', 117],
  ['as', 'word', 92],
  ['[MASK]', 'mask', 4],
  ['as', 'word', 92],
  ['i', 'word', 34],
  ['hoped', 'word', 4127],
  ['[SEP]', 'sep', 3],
  ['still', 'word', 322],
  [',', 'word', 13],
  ['we', 'word', 141],
  ['stayed', 'word', 2011],
  ['[SEP]', 'sep', 3],
]

/** The sentence as chips; `length` beyond it repeats words, to test long sequences. */
export function sampleTokens(length = SENTENCE.length): StripToken[] {
  return Array.from({ length }, (_, i) => {
    const [label, kind, id] = SENTENCE[i < SENTENCE.length ? i : 1 + (i % 9)] ?? ['the', 'word', 71]
    return { key: `t${i}`, kind, label, id, position: i, segment: i <= 10 ? 0 : 1, status: 'read' as const }
  })
}

/** Every look a chip can have. */
export function lookTokens(): StripToken[] {
  const of = (key: string, kind: Kind, label: string, rest: Partial<StripToken> = {}): StripToken => ({
    key,
    kind,
    label,
    id: 5,
    position: 3,
    segment: 0,
    status: 'read',
    ...rest,
  })
  return [
    of('read', 'word', 'read'),
    of('masked', 'word', 'masked', { status: 'masked' }),
    of('masked-sep', 'sep', '[SEP]', { status: 'masked' }),
    of('hidden', 'word', 'hidden', { hidden: true }),
    of('hidden-cls', 'cls', '[CLS]', { hidden: true }),
    of('both', 'word', 'both', { hidden: true, status: 'masked' }),
    of('removed', 'cls', '[CLS]', { status: 'removed' }),
    of('untrained', 'register', '[REG]', { untrained: true, segment: null }),
    of('untrained-sep', 'sep', '[SEP_QA]', { untrained: true }),
    of('unk', 'unk', '[UNK]', { original: '🦄' }),
    of('mask', 'mask', '[MASK]', { original: 'excellent' }),
    of('patches', 'patch', '64 patches', { count: 64, fixed: true, id: null, segment: null }),
  ]
}

/** One token of every kind. */
export function kindTokens(kinds: readonly Kind[], label: (kind: Kind) => string): StripToken[] {
  return kinds.map((kind, i) => ({ key: kind, kind, label: label(kind), position: i, status: 'read' as const }))
}

/** Attention of one layer, [H, T, T]: each head a blend of local, previous, sink and spread patterns. */
export function sampleMaps(layers: number, heads: number, tokens: readonly StripToken[], seed = 7): Float32Array[] {
  const next = uniform(seed)
  const T = tokens.length
  const sinks = tokens.flatMap((token, i) => (token.kind === 'sep' || token.kind === 'cls' ? [i] : []))
  return Array.from({ length: layers }, (_, layer) => {
    const map = new Float32Array(heads * T * T)
    for (let h = 0; h < heads; h++) {
      const offset = Math.floor(next() * 5) - 2
      const local = next() ** 2 * 6
      const sink = next() * (1 + layer) * 1.6
      const favourite = sinks[Math.floor(next() * sinks.length)] ?? 0
      const noise = Float32Array.from({ length: T }, () => next() ** 3 * 2.5)
      for (let q = 0; q < T; q++) {
        let sum = 0
        const at = h * T * T + q * T
        for (let k = 0; k < T; k++) {
          const closeness = -Math.abs(k - q - offset) / 1.5
          const score = local * Math.exp(closeness) + (k === favourite ? sink : 0) + (noise[k] ?? 0) + next() * 0.6
          map[at + k] = Math.exp(score)
          sum += map[at + k] ?? 0
        }
        for (let k = 0; k < T; k++) map[at + k] = (map[at + k] ?? 0) / sum
      }
    }
    return map
  })
}

/** A drawn landscape with a balloon, in place of a photo. */
export function samplePicture(size = 512): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const pen = canvas.getContext('2d')
  if (!pen) return canvas
  const sky = pen.createLinearGradient(0, 0, 0, size)
  sky.addColorStop(0, '#7fb2d9')
  sky.addColorStop(0.7, '#f3d9b8')
  pen.fillStyle = sky
  pen.fillRect(0, 0, size, size)
  pen.fillStyle = '#5f7d4f'
  pen.beginPath()
  pen.moveTo(0, size * 0.78)
  pen.quadraticCurveTo(size * 0.35, size * 0.62, size * 0.6, size * 0.8)
  pen.quadraticCurveTo(size * 0.8, size * 0.9, size, size * 0.74)
  pen.lineTo(size, size)
  pen.lineTo(0, size)
  pen.fill()
  pen.fillStyle = '#c8452c'
  pen.beginPath()
  pen.ellipse(size * 0.62, size * 0.36, size * 0.17, size * 0.2, 0, 0, Math.PI * 2)
  pen.fill()
  pen.fillStyle = '#f1c75b'
  pen.beginPath()
  pen.ellipse(size * 0.62, size * 0.36, size * 0.06, size * 0.2, 0, 0, Math.PI * 2)
  pen.fill()
  pen.fillStyle = '#6b4a2b'
  pen.fillRect(size * 0.585, size * 0.6, size * 0.07, size * 0.05)
  return canvas
}

/** Attention over N = side² patches that finds the balloon. */
export function samplePatches(side: number, seed = 3): Float32Array {
  const next = uniform(seed)
  const values = Float32Array.from({ length: side * side }, (_, i) => {
    const x = ((i % side) + 0.5) / side - 0.62
    const y = (Math.floor(i / side) + 0.5) / side - 0.38
    return Math.exp(-(x * x + y * y) * 22) + next() * 0.12
  })
  const sum = values.reduce((a, b) => a + b, 0)
  return values.map((value) => (value / sum) * 0.8)
}
