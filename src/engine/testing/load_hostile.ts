/** Model folders with one damaged file, through all that the page does with them before a first run. For tests. */

import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { ClsroomError } from '../../core/errors.ts'
import type { Backend } from '../../core/ops.ts'
import { uniform } from '../../core/random.ts'
import { withinTwice } from '../../core/testing/time.ts'
import { toPixelValues } from '../../loaders/image_resize.ts'
import { readModel } from '../../loaders/model_files.ts'
import { mutateJson } from '../../loaders/testing/mutate.ts'
import { loadTokenizer } from '../../loaders/tokenizer.ts'
import { createModel } from '../../models/testing/create_model.ts'
import { createCpuBackend } from '../../reference/backend.ts'

/** A case that takes longer, twice, is a hang, on the slowest machine that runs the tests. */
const TIME_LIMIT_MS = 5000
const TEXT = `${'a'.repeat(60)} the ${'x'.repeat(40)}! ${'é'.repeat(30)}  <unk>[SEP]中文 \t${' '.repeat(40)}aab`
const PICTURE = { width: 9, height: 5, data: new Uint8ClampedArray(9 * 5 * 4).fill(200) }

export type Folder = Record<string, ArrayBuffer | string>

/** The files of a golden model. */
export function folder(name: string, more: Folder = {}): Folder {
  const file = (path: string) => readFileSync(`src/models/golden/${name}/${path}`)
  const weights = file('model.safetensors')
  return {
    'config.json': file('config.json').toString(),
    'model.safetensors': weights.buffer.slice(
      weights.byteOffset,
      weights.byteOffset + weights.byteLength,
    ) as ArrayBuffer,
    ...more,
  }
}

/** A backend that counts what it holds. */
function counting(): { backend: Backend; bytes: () => number } {
  const held = new Map<unknown, number>()
  const backend = createCpuBackend()
  return {
    bytes: () => [...held.values()].reduce((sum, size) => sum + size, 0),
    backend: {
      ...backend,
      constant(shape, data) {
        const tensor = backend.constant(shape, data)
        held.set(tensor, data.byteLength)
        return tensor
      },
      free(tensors) {
        for (const tensor of tensors) held.delete(tensor)
        backend.free(tensors)
      },
    },
  }
}

/** Everything that reads these files; a refusal, or undefined where they were accepted. */
async function open(files: Folder): Promise<ClsroomError | undefined> {
  const { backend, bytes } = counting()
  try {
    const read = await readModel({ type: 'files', files })
    if (read.tokenizerJson !== undefined) loadTokenizer(read.tokenizerJson, read.tokenizerConfig).pieces(TEXT)
    const model = await createModel(read.config, read.weights, backend)
    if (read.preprocessor) toPixelValues(PICTURE, read.preprocessor)
    backend.free(model.tensors)
    expect(bytes()).toBe(0)
    return undefined
  } catch (thrown) {
    expect(bytes()).toBe(0)
    if (thrown instanceof ClsroomError) return thrown
    throw thrown
  }
}

/** @returns how many of the mutations of `name` were refused */
export async function expectOnlyRefusals(good: Folder, name: string, count: number, seed: number): Promise<number> {
  const random = uniform(seed)
  const content = JSON.parse(String(good[name])) as unknown
  expect(await open(good)).toBeUndefined()
  let refused = 0
  for (let i = 0; i < count; i++) {
    const changed = mutateJson(random, content)
    const which = () => `mutation ${i} of seed ${seed}: ${new TextDecoder().decode(changed).slice(0, 500)}`
    const { result: refusal, hangs } = await withinTwice(TIME_LIMIT_MS, () => open({ ...good, [name]: changed })).catch(
      (thrown: unknown) => {
        throw new Error(which(), { cause: thrown })
      },
    )
    if (hangs) throw new Error(`hangs: ${which()}`)
    if (!refusal) continue
    refused++
    expect(refusal.code, refusal.message).toMatch(/^(config|tokenizer|unsupported|fetch|shape|image|safetensors)$/)
    expect(refusal.advice ?? refusal.expected, refusal.message).toBeTruthy()
    expect(refusal.message.length).toBeLessThan(2000)
  }
  return refused
}
