/** What a form must ask for a measure, read off its schema. */

import { z } from 'zod'
import type { Measure } from './expression.ts'

export type Field =
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'number'; least: number | undefined; whole: boolean }
  | { kind: 'text' }
  | { kind: 'flag' }
  | { kind: 'parts'; parts: readonly Part[] }
  /** One of several shapes. */
  | { kind: 'either'; shapes: readonly Field[] }

export interface Part {
  name: string
  optional: boolean
  field: Field
}

type JsonSchema = z.core.JSONSchema.BaseSchema

/** The arguments of a measure, in the order in which its schema names them. */
export function argumentsOf<State>({ schema }: Pick<Measure<State>, 'schema'>): readonly Part[] {
  const field = fieldOf(z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema)
  return field.kind === 'parts' ? field.parts : []
}

function fieldOf(schema: JsonSchema): Field {
  if (schema.anyOf) return { kind: 'either', shapes: schema.anyOf.map((one) => fieldOf(one as JsonSchema)) }
  if (schema.enum) return { kind: 'choice', options: schema.enum.map(String) }
  if (schema.const !== undefined) return { kind: 'choice', options: [String(schema.const)] }
  switch (schema.type) {
    case 'object':
      return {
        kind: 'parts',
        parts: Object.entries(schema.properties ?? {}).map(([name, one]) => ({
          name,
          optional: !schema.required?.includes(name),
          field: fieldOf(one as JsonSchema),
        })),
      }
    case 'integer':
    case 'number':
      return { kind: 'number', least: schema.minimum, whole: schema.type === 'integer' }
    case 'boolean':
      return { kind: 'flag' }
    default:
      return { kind: 'text' }
  }
}

/** What stands in a field that was just asked for: the first that fits, without what can be left out. */
export function firstOf(field: Field): unknown {
  switch (field.kind) {
    case 'choice':
      return field.options[0]
    case 'number':
      return field.least ?? 0
    case 'text':
      return ''
    case 'flag':
      return true
    case 'parts':
      return firstArguments(field.parts)
    case 'either':
      return field.shapes[0] && firstOf(field.shapes[0])
  }
}

export function firstArguments(parts: readonly Part[]): Record<string, unknown> {
  return Object.fromEntries(parts.filter(({ optional }) => !optional).map(({ name, field }) => [name, firstOf(field)]))
}

/** Which of several shapes a value has; the first where it has none. */
export function shapeOf(value: unknown, shapes: readonly Field[]): number {
  return Math.max(
    0,
    shapes.findIndex((shape) => fits(value, shape)),
  )
}

function fits(value: unknown, field: Field): boolean {
  switch (field.kind) {
    case 'choice':
      return typeof value === 'string' && field.options.includes(value)
    case 'number':
      return typeof value === 'number'
    case 'text':
      return typeof value === 'string'
    case 'flag':
      return typeof value === 'boolean'
    case 'parts':
      return (
        typeof value === 'object' &&
        value !== null &&
        Object.keys(value).every((name) => field.parts.some((part) => part.name === name))
      )
    case 'either':
      return field.shapes.some((shape) => fits(value, shape))
  }
}
