/** Authors of lessons choose measures by a name in their language: each measure, and each of its arguments, has one. */

import { expect, it } from 'vitest'
import { argumentsOf, type Field } from '../state/lesson/fields.ts'
import { en } from '../views/lesson/editor/words/en.ts'
import { LABS } from './index.ts'

it.each(LABS.map((definition) => [definition.id, definition] as const))('%s', async (_, definition) => {
  const measures = (await (await definition.parts()).measures?.())?.default ?? {}
  const named = Object.entries(measures).flatMap(([id, measure]) => [
    `measure.${id}`,
    ...argumentsIn({ kind: 'parts', parts: argumentsOf(measure) }).map((name) => `argument.${name}`),
  ])
  expect([...new Set(named)].filter((key) => !(key in en))).toEqual([])
})

/** The arguments of a field, those within others among them. */
function argumentsIn(field: Field): string[] {
  if (field.kind === 'either') return field.shapes.flatMap(argumentsIn)
  return field.kind === 'parts' ? field.parts.flatMap((part) => [part.name, ...argumentsIn(part.field)]) : []
}
