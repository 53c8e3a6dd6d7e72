/// <reference lib="webworker" />
/** The engine's worker: answers one call after another from `protocol.ts`. */

import { reportOf } from '../core/errors.ts'
import { Engine } from './engine.ts'
import type { Calls, OnStep, Reply, Request } from './protocol.ts'

const scope = self as unknown as DedicatedWorkerGlobalScope
const engine = new Engine((event) => post(event))
/** Calls under way that can be stopped. */
const stoppable = new Map<number, AbortController>()

scope.onmessage = async ({ data }: MessageEvent<Request>) => {
  try {
    const result = await answer(data)
    post({ type: 'result', id: data.id, result }, buffersOf(result))
  } catch (thrown) {
    post({ type: 'error', id: data.id, error: reportOf(thrown) })
  } finally {
    stoppable.delete(data.id)
  }
}

function answer(request: Request): Promise<Calls[Request['call']]['result']> | Calls[Request['call']]['result'] {
  switch (request.call) {
    case 'start':
      return engine.start(request.args)
    case 'load':
      return engine.load(request.args, signalOf(request.id))
    case 'estimate':
      return engine.estimate(request.args, signalOf(request.id))
    case 'stop':
      stoppable.get(request.args.call)?.abort()
      return null
    case 'unload':
      return engine.unload(request.args)
    case 'forward':
      return engine.forward(request.args)
    case 'extend':
      return engine.extend(request.args)
    case 'generate':
      return engine.generate(request.args, signalOf(request.id), stepsOf(request.id))
    case 'batch':
      return engine.batch(request.args)
    case 'lens':
      return engine.lens(request.args, signalOf(request.id), stepsOf(request.id))
    case 'weights':
      return engine.weights(request.args)
    case 'stats':
      return engine.stats()
    case 'facts':
      return engine.facts()
    case 'tryAgain':
      return engine.tryAgain()
  }
}

function signalOf(call: number): AbortSignal {
  const controller = new AbortController()
  stoppable.set(call, controller)
  return controller.signal
}

function stepsOf(id: number): OnStep {
  return (done, total) => post({ type: 'step', id, done, total })
}

function post(reply: Reply, transfer: Transferable[] = []): void {
  scope.postMessage(reply, transfer)
}

/** The buffers of every array in a result: they move to the page instead of being copied. */
function buffersOf(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  const visit = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) buffers.add(part.buffer as ArrayBuffer)
    else if (part && typeof part === 'object') for (const inner of Object.values(part)) visit(inner)
  }
  visit(value)
  return [...buffers]
}
