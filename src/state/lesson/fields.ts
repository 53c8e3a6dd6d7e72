/** What a form must ask for a measure, read off its schema. */

import type { z } from 'zod'
import type { Measure } from './expression.ts'

export type Field =
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'number'; least: number | undefined }
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

/** The arguments of a measure, in the order in which its schema names them. */
export function argumentsOf<State>({ schema }: Pick<Measure<State>, 'schema'>): readonly Part[] {
  const field = fieldOf(schema)
  return field.kind === 'parts' ? field.parts : []
}

/** Of zod's own definition: its JSON Schema is left out of the build (vite.config.ts). */
function fieldOf(schema: z.core.$ZodType): Field {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'union':
      return { kind: 'either', shapes: def.options.map(fieldOf) }
    case 'enum':
      return { kind: 'choice', options: Object.values(def.entries).map(String) }
    case 'literal':
      return { kind: 'choice', options: def.values.map(String) }
    case 'object':
      return {
        kind: 'parts',
        parts: Object.entries(def.shape).map(([name, one]) => ({
          name,
          optional: one._zod.optin === 'optional',
          field: fieldOf(one),
        })),
      }
    case 'optional':
    case 'default':
      return fieldOf(def.innerType)
    case 'number':
      return { kind: 'number', least: leastOf(def.checks) }
    case 'boolean':
      return { kind: 'flag' }
    default:
      return { kind: 'text' }
  }
}

/** Of the checks themselves: `minValue` asks the same part of zod that is left out. */
function leastOf(checks: readonly z.core.$ZodCheck<never>[] = []): number | undefined {
  const bounds = checks.flatMap(({ _zod: { def } }) => (isGreaterThan(def) ? [Number(def.value)] : []))
  return bounds.length > 0 ? Math.max(...bounds) : undefined
}

function isGreaterThan(def: z.core.$ZodCheckDef): def is z.core.$ZodCheckGreaterThanDef {
  return def.check === 'greater_than'
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
