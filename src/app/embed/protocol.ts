/** What a parent page may send into the frame; ARCHITECTURE.md documents it. Fetched with the first message. */

import { z } from 'zod'
import { ClsroomError } from '../../core/errors.ts'

export const PROTOCOL = 1

const numbers = z.array(z.number())
const model = z.string().min(1).max(500)
const file = z.union([z.instanceof(Blob), z.instanceof(ArrayBuffer), z.string()])
const nothing = z.undefined().optional()

/** By call what it takes; what a model makes of arrays that fit here is told by the call itself. */
const CALLS = {
  ready: nothing,
  version: nothing,
  backend: nothing,
  models: nothing,
  state: nothing,
  stats: nothing,
  loadModel: z.union([model, z.record(z.string(), file)]),
  tokenize: z.strictObject({ model, text: z.string(), pair: z.string().optional() }),
  forward: z.looseObject({ model, inputIds: numbers.optional() }),
  generate: z.looseObject({ model, inputIds: numbers, maxNewTokens: z.number().int().positive() }),
  setState: z.record(z.string(), z.unknown()),
} as const

export type Call = keyof typeof CALLS
export const CALL_NAMES = Object.keys(CALLS) as readonly Call[]

const envelope = z.object({
  clsroom: z.literal(PROTOCOL),
  id: z.union([z.string().max(200), z.number()]),
  call: z.enum(CALL_NAMES),
  input: z.unknown().optional(),
})

export interface Asked {
  call: Call
  input: unknown
}

/** @throws ClsroomError `input` that names the field that does not fit */
export function parseCall(data: unknown): Asked {
  const { call, input } = checked(envelope, data)
  const schema: z.ZodType = CALLS[call]
  return { call, input: checked(schema, input) }
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new ClsroomError('input', 'This message asks for nothing that the page can do', {
    found: parsed.error.issues
      .slice(0, 3)
      .map(({ path, message }) => `${path.join('.') || 'message'}: ${message}`)
      .join('; '),
    expected: `clsroom: ${PROTOCOL}, an id, and a call: ${CALL_NAMES.join(', ')}`,
  })
}

/** Every buffer of an answer: they are handed over, not copied. */
export function buffersIn(value: unknown, found: Set<ArrayBuffer> = new Set()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer)
  } else if (Array.isArray(value)) {
    for (const one of value) if (typeof one === 'object') buffersIn(one, found)
  } else if (value !== null && typeof value === 'object') {
    for (const one of Object.values(value)) buffersIn(one, found)
  }
  return found
}
