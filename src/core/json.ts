/** JSON from outside: parsed, checked against a schema, and refused in plain words. */

import { z } from 'zod'
import { ClsroomError, type ErrorCode } from './errors.ts'

// zod would otherwise compile validators with `new Function`, which the page's content security policy forbids.
z.config({ jitless: true })

/** No model's file comes near; what walks a tree by calling itself would run out of stack on thousands. */
const MAX_LEVELS = 100

/** @throws ClsroomError `code` naming the file, for text that is not JSON, or that is nested without end */
export function parseJson(text: string, file: string, code: ErrorCode): unknown {
  const value = parsed(text, file, code)
  if (!isDeeper(value, MAX_LEVELS)) return value
  throw new ClsroomError(code, `${file} is nested too deeply`, {
    found: `more than ${MAX_LEVELS} objects and lists inside one another`,
    expected: `at most ${MAX_LEVELS}`,
    advice: `Compare ${file} with one written by the transformers library`,
  })
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}

function parsed(text: string, file: string, code: ErrorCode): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ClsroomError(code, `${file} is not JSON`, {
      found: cause instanceof Error ? cause.message : String(cause),
      expected: 'a JSON object',
      advice: 'Check that the whole file was downloaded and that it is not a web page',
      cause,
    })
  }
}

/**
 * `value` checked and completed by `schema`.
 * @throws ClsroomError `code` that lists up to three offending paths with their values; `unsupported` where a union's
 *   `type` names a kind that is not in the union
 */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown, file: string, code: ErrorCode): T {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  const { issues } = result.error
  const first = issues.slice(0, 3)
  throw new ClsroomError(issues.some(isUnknownKind) ? 'unsupported' : code, `${file} is not what CLSroom can run`, {
    found: first.map(({ path }) => `${path.join('.') || 'the file'} = ${show(valueAt(value, path))}`).join('; '),
    expected: first.map(wanted).join('; '),
    advice: `Compare ${file} with one written by the transformers library`,
  })
}

function isUnknownKind(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_union' && issue.discriminator !== undefined && typeof issue.input === 'object'
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value)
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing'
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** What the schema asks for, without zod's repetition of what it got. */
function wanted(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') {
    // A check of our own says more than that the value is of none of the kinds.
    const told = issue.errors.flat().find(({ code }) => code === 'custom')
    if (told) return wanted(told)
  }
  if (issue.code === 'too_small') return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
  if (issue.code === 'too_big') return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`
  return issue.message.replace(/^Invalid .*?expected /i, '').replace(/, received .*$/, '')
}

/** `value` without the keys that hold null, at any depth: transformers writes null for "my default". */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  )
}

/**
 * The first key that an object of this text has twice, at any depth. `JSON.parse` keeps the last one in silence.
 * @param json text that JSON.parse has accepted
 */
export function duplicateKey(json: string): string | undefined {
  const scopes: Set<string>[] = []
  for (const [token, literal] of json.matchAll(/[{}]|("[^"\\]*(?:\\.[^"\\]*)*")\s*:|"[^"\\]*(?:\\.[^"\\]*)*"/g)) {
    if (token === '{') scopes.push(new Set())
    else if (token === '}') scopes.pop()
    else if (literal !== undefined) {
      const key: string = JSON.parse(literal)
      const scope = scopes.at(-1)
      if (scope?.has(key)) return key
      scope?.add(key)
    }
  }
  return undefined
}
