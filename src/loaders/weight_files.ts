/** The weights of a model directory: one safetensors file, or shards that an index lists. */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import { parseJson, parseWith } from '../core/json.ts'
import type { WeightArray, Weights } from '../core/model.ts'
import { type Directory, readRequired, readText } from './directory.ts'
import { parseSafetensors } from './safetensors.ts'

const INDEX = 'model.safetensors.index.json'
const MAX_INDEX_BYTES = 16 * 2 ** 20
/** What one ArrayBuffer holds in every browser. */
const MAX_FILE_BYTES = 2 ** 31
const MAX_SHARDS = 64

const indexSchema = z.object({
  weight_map: z
    .record(z.string(), z.string().regex(/^\w[\w.-]*\.safetensors$/, { error: 'a plain file name' }))
    .refine((map) => new Set(Object.values(map)).size <= MAX_SHARDS, { error: `at most ${MAX_SHARDS} files` }),
})

/** @throws ClsroomError `fetch` where files are missing, `safetensors` where they are damaged or contradict each other */
export async function readWeights(directory: Directory): Promise<Weights> {
  const whole = await directory.read('model.safetensors', MAX_FILE_BYTES)
  if (whole) return parseSafetensors(whole)
  const index = await readText(directory, INDEX, MAX_INDEX_BYTES)
  if (index === undefined) throw directory.missing('model.safetensors')
  return readShards(
    directory,
    parseWith(indexSchema, parseJson(index, INDEX, 'safetensors'), INDEX, 'safetensors').weight_map,
  )
}

/** @param shardOf the file that each tensor is said to be in */
async function readShards(directory: Directory, shardOf: Record<string, string>): Promise<Weights> {
  const weights = new Map<string, WeightArray>()
  const foundIn = new Map<string, string>()
  for (const shard of new Set(Object.values(shardOf))) {
    for (const [name, array] of parseSafetensors(await readRequired(directory, shard, MAX_FILE_BYTES), shard)) {
      const other = foundIn.get(name)
      if (other) throw contradiction(`Tensor "${name}" is in two files`, `${other} and ${shard}`, 'one')
      foundIn.set(name, shard)
      weights.set(name, array)
    }
  }
  for (const [name, shard] of Object.entries(shardOf)) {
    const found = foundIn.get(name) ?? 'nowhere'
    if (found !== shard) throw contradiction(`Tensor "${name}" is not where ${INDEX} says`, found, shard)
  }
  return weights
}

function contradiction(what: string, found: string, expected: string): ClsroomError {
  return new ClsroomError('safetensors', what, {
    found,
    expected,
    advice: 'The files belong to different versions of the model: download all of them again',
  })
}
