/** Sequences from pictures: `[CLS] [REG1] … patches`, and ways to choose patches to remove or mask. */

import { uniform } from '../core/random.ts'
import type { StartVector } from '../core/tokens.ts'
import { sample, share } from './draw.ts'
import { insert, remove, setStart } from './edit.ts'
import { type Entry, newToken, type Sequence, type Token } from './token.ts'

export interface Grid {
  readonly rows: number
  readonly columns: number
}

/** The grid of whole patches of side P in a picture: ⌊H/P⌋ × ⌊W/P⌋, so H·W/P² patches where P divides both. */
export function patchGrid(height: number, width: number, patch: number): Grid {
  return { rows: Math.floor(height / patch), columns: Math.floor(width / patch) }
}

export function patchCount({ rows, columns }: Grid): number {
  return rows * columns
}

/** Row and column of a patch, from 0. */
export function patchPlace(patch: number, { columns }: Grid): { row: number; column: number } {
  return { row: Math.floor(patch / columns), column: patch % columns }
}

export function patchAt(row: number, column: number, { columns }: Grid): number {
  return row * columns + column
}

/**
 * Builds `[CLS] [DIST] [REG1] … patches`; keys count from 0 in that order, and a patch is labelled "row,column" from 1.
 * @param registers how many registers the model was trained with
 * @param classTokens 2: DeiT's distillation token stands behind the CLS
 * @param names what each class token is for, where each has a task of its own
 */
export function fromImage(grid: Grid, registers: number, classTokens = 1, names?: readonly string[]): Sequence {
  const specials = Array.from({ length: classTokens + registers }, (_, row): Entry => {
    if (row >= classTokens) return { kind: 'register', id: row, label: `[REG${row - classTokens + 1}]` }
    if (names) return { kind: 'cls', id: row, label: classLabel(names[row] ?? `${row + 1}`) }
    return row === 0 ? { kind: 'cls', id: row, label: '[CLS]' } : { kind: 'distill', id: row, label: '[DIST]' }
  })
  const patches = Array.from({ length: patchCount(grid) }, (_, patch): Entry => {
    const { row, column } = patchPlace(patch, grid)
    return { kind: 'patch', id: null, label: `${row + 1},${column + 1}` }
  })
  return {
    tokens: [
      ...specials.map((entry, slot) => newToken(slot, entry, { type: 'template', slot })),
      ...patches.map((entry, patch) => newToken(specials.length + patch, entry, { type: 'patch', patch })),
    ],
    nextKey: specials.length + patches.length,
    positionPolicy: 'grid',
    segmentPolicy: 'text',
  }
}

/** A class token that has a task of its own. */
export function classLabel(name: string): string {
  return `[CLS ${name}]`
}

/** Adds untrained registers behind the last register, or behind the class tokens; the labels count on. */
export function addRegisters(sequence: Sequence, starts: readonly StartVector[]): Sequence {
  return starts.reduce((grown, start) => {
    const { tokens } = grown
    const registers = tokens.filter((token) => token.kind === 'register').length
    const last = tokens.findLastIndex((token) => token.kind === 'register')
    const caret = 1 + (last >= 0 ? last : tokens.findLastIndex(isClassToken))
    return insert(grown, caret, { kind: 'register', id: null, label: `[REG${registers + 1}]`, start })
  }, sequence)
}

function isClassToken({ kind, origin }: Token): boolean {
  return origin.type === 'template' && kind !== 'register'
}

/** How many tokens before the patches have a row of the position table of their own, removed ones too. */
export function classTokensOf({ tokens }: Sequence): number {
  return tokens.filter(isClassToken).length
}

/** The registers put in by hand: those that nobody trained. */
export function untrainedRegisters(sequence: Sequence): Token[] {
  return sequence.tokens.filter((token) => token.kind === 'register' && token.origin.type === 'inserted')
}

/** As many untrained registers as start vectors; those already there change theirs and stay where they are. */
export function setUntrainedRegisters(sequence: Sequence, starts: readonly StartVector[]): Sequence {
  const keys = untrainedRegisters(sequence).map((token) => token.key)
  const fewer = remove(sequence, keys.slice(starts.length))
  const kept = keys.slice(0, starts.length)
  const changed = kept.reduce((grown, key, i) => setStart(grown, [key], starts[i]), fewer)
  return addRegisters(changed, starts.slice(kept.length))
}

/** The keys of the tokens of these patches, to remove or mask. */
export function patchKeys(sequence: Sequence, patches: Iterable<number>): number[] {
  const chosen = new Set(patches)
  return sequence.tokens
    .filter(({ origin }) => origin.type === 'patch' && chosen.has(origin.patch))
    .map((token) => token.key)
}

/** `ratio` of N patches drawn without replacement, in ascending order (as in MAE, He et al. 2022). */
export function randomPatches(patches: number, ratio: number, seed: number): number[] {
  return sample(patches, share(patches, ratio), uniform(seed)).sort((a, b) => a - b)
}

/**
 * A contiguous rectangle of about `ratio` of the patches, its place and its aspect (1/2 to 2 of the grid's own) drawn by
 * the seed; the count is exact to half a column.
 */
export function blockPatches(grid: Grid, ratio: number, seed: number): number[] {
  const count = share(patchCount(grid), ratio)
  if (count === 0) return []
  const next = uniform(seed)
  const aspect = 2 ** (2 * next() - 1)
  const tall = Math.round(Math.sqrt((count * aspect * grid.rows) / grid.columns))
  const height = Math.max(Math.ceil(count / grid.columns), Math.min(tall, grid.rows), 1)
  const width = Math.max(1, Math.round(count / height))
  const top = Math.floor(next() * (grid.rows - height + 1))
  const left = Math.floor(next() * (grid.columns - width + 1))
  return Array.from({ length: height * width }, (_, i) =>
    patchAt(top + Math.floor(i / width), left + (i % width), grid),
  )
}

/**
 * `ratio` of the patches that are read most or least; ties go to the earlier patch.
 * @param scores [N] attention that each patch receives
 */
export function patchesByAttention(scores: ArrayLike<number>, ratio: number, first: 'most' | 'least'): number[] {
  const sign = first === 'most' ? -1 : 1
  const order = Array.from(scores, (score, patch) => ({ score, patch }))
  order.sort((a, b) => sign * (a.score - b.score) || a.patch - b.patch)
  return order
    .slice(0, share(scores.length, ratio))
    .map(({ patch }) => patch)
    .sort((a, b) => a - b)
}
