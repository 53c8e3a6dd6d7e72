import { expect, it } from 'vitest'
import { alignByKey } from '../../../core/align.ts'
import { insert, remove } from '../../../sequence/edit.ts'
import { fromImage, type Grid, patchKeys } from '../../../sequence/patches.ts'
import { active, type Sequence } from '../../../sequence/token.ts'
import { pairTokens } from './pairing.ts'
import type { VisionDoc } from './run.ts'

const GRID = { rows: 2, columns: 2 }
const REGISTER = { kind: 'register' as const, id: null, label: '[REG]', start: { type: 'zeros' as const } }
const run = (sequence: Sequence, model = 'm', grid: Grid = GRID) => ({
  tokens: active(sequence),
  grid,
  doc: { model } as VisionDoc,
})

/** Labels that were paired, and those that were left alone. */
function paired(a: ReturnType<typeof run>, b: ReturnType<typeof run>): [string[], string[]] {
  const tokens = pairTokens(a, b)
  const rows = alignByKey(
    tokens.a.map(({ key }) => key),
    tokens.b.map(({ key }) => key),
  )
  const name = (row: (typeof rows)[number]) =>
    `${a.tokens[row.a ?? -1]?.label ?? '–'}/${b.tokens[row.b ?? -1]?.label ?? '–'}`
  const both = rows.filter((row) => row.a !== null && row.b !== null)
  return [both.map(name), rows.filter((row) => !both.includes(row)).map(name)]
}

it('pairs a patch with itself in a model with other registers', () => {
  const [both, alone] = paired(run(fromImage(GRID, 0)), run(fromImage(GRID, 2), 'with registers'))
  expect(both).toEqual(['[CLS]/[CLS]', '1,1/1,1', '1,2/1,2', '2,1/2,1', '2,2/2,2'])
  expect(alone).toEqual(['–/[REG1]', '–/[REG2]'])
})

it('pairs what was inserted in one document, not in two', () => {
  const whole = fromImage(GRID, 0)
  const grown = insert(whole, 1, REGISTER)
  const shorter = remove(grown, patchKeys(grown, [3]))
  expect(paired(run(grown), run(shorter))[0]).toEqual(['[CLS]/[CLS]', '[REG]/[REG]', '1,1/1,1', '1,2/1,2', '2,1/2,1'])
  expect(paired(run(grown), run(grown, 'another'))[1]).toEqual(['[REG]/–', '–/[REG]'])
})

it('does not pair patches of different sizes, not even where there are as many', () => {
  const [a, b] = [{ rows: 1, columns: 4 }, GRID]
  expect(paired(run(fromImage(a, 1), 'm', a), run(fromImage(b, 1), 'm', b))[0]).toEqual([
    '[CLS]/[CLS]',
    '[REG1]/[REG1]',
  ])
})
