/** A frozen model with learnable memory keeps its answers to the last bit, on any backend. */

import { expect, test } from 'vitest'
import { packMask } from '../../core/mask.ts'
import type { Backend } from '../../core/ops.ts'
import { runForward } from '../../engine/forward.ts'
import type { ForwardRequest, ForwardResult, ImageRequest } from '../../engine/protocol.ts'
import { type MemoryRules, places, readsOf } from '../../sequence/task_memory.ts'
import type { TaskMemory } from '../model.ts'
import { createModel } from './create_model.ts'
import { load, requestOf } from './golden.ts'

const RULES: MemoryRules = { oldReadsNew: false, tasksReadAll: false, blind: [], masked: [] }

/** The model of golden vectors `name`, and what runs its first picture with some of its tasks. */
export async function withTasks(name: string, backend: Backend) {
  const { config, weights, cases, caseNames } = await load(name)
  const model = await createModel(config, weights, backend)
  const session = backend.session()
  const { input } = requestOf(cases, caseNames[0] as string)
  const tasks = model.info.taskMemory?.tasks as TaskMemory[]
  const patches = ((model.info.image?.size[0] as number) / (model.info.image?.patch as number)) ** 2
  const run = (present: readonly number[], rules: Partial<MemoryRules> = {}, memory?: ImageRequest['memory']) => {
    const chosen = present.map((task) => ({
      ...(tasks[task] as TaskMemory),
      ...(memory && { rows: memory.dims[1] as number }),
    }))
    const keys = places(patches, chosen)
    const rows = keys.filter(({ isMemory }) => !isMemory).length
    const may = readsOf(chosen, { ...RULES, ...rules })
    const readable = (q: number, k: number) => may(keys[q] as (typeof keys)[0], keys[k] as (typeof keys)[0])
    const request: ForwardRequest = {
      model: name,
      input: {
        ...(input as ImageRequest),
        sources: [-1, ...Array(patches).keys(), ...present.map((task) => -2 - task)],
        memory,
      },
      mask: { bits: packMask(rows, readable, keys.length), layers: 1 },
      capture: { attentions: true, hiddenStates: true },
    }
    return runForward(model, session, request, { kind: backend.kind, adapter: '', software: true })
  }
  const dispose = async () => {
    await session.dispose()
    backend.free(model.tensors)
  }
  return { model, tasks, patches, run, dispose }
}

/** The states of the rows that were there first. */
export function oldRows({ hiddenStates }: ForwardResult, patches: number): Float32Array[] {
  return hiddenStates.map(({ dims, data }) => data.slice(0, (1 + patches) * (dims[1] as number)) as Float32Array)
}

export function taskMemoryTests(backendOf: () => Backend): void {
  test.each(['vit-memory', 'clsroom-vit-memory'])('the old rows of %s, bit by bit', async (name) => {
    const { run, patches, dispose } = await withTasks(name, backendOf())
    const [alone, beside, open] = [await run([]), await run([0, 1, 2]), await run([0, 1, 2], { oldReadsNew: true })]
    expect(beside.logits.base?.data).toEqual(alone.logits.base?.data)
    expect(oldRows(beside, patches)).toEqual(oldRows(alone, patches))
    expect(open.logits.base?.data).not.toEqual(alone.logits.base?.data)
    await dispose()
  })
}
