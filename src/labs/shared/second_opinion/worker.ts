/// <reference lib="webworker" />
/** One model through @huggingface/transformers (onnxruntime in WASM), in a worker of its own: ending it gives all memory back. */

import { AutoModel, env, LogLevel, Tensor } from '@huggingface/transformers'
import factoryUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url'
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import { ClsroomError, reportOf } from '../../../core/errors.ts'
import { type Opinion, type OpinionReply, type OpinionRequest, RUNS } from './protocol.ts'

const WEIGHTS = 'model.safetensors'
const scope = self as unknown as DedicatedWorkerGlobalScope
const ONLINE = 'Try again when you are online'
let bytes = 0

/** The library asks for several files at once and waits for one of them: what the others throw has been told already. */
scope.addEventListener('unhandledrejection', (event) => {
  if (event.reason instanceof ClsroomError) event.preventDefault()
})

scope.onmessage = async ({ data }: MessageEvent<OpinionRequest>) => {
  try {
    post({ type: 'result', result: await opinionOn(data) })
  } catch (thrown) {
    post({ type: 'error', error: reportOf(thrown) })
  }
}

async function opinionOn({ address, sharesWeights, inputs, optional }: OpinionRequest): Promise<Opinion> {
  await prepare(address)
  const model = await AutoModel.from_pretrained('model', {
    device: 'wasm',
    dtype: 'fp32',
    session_options: {
      logSeverityLevel: 3,
      ...(sharesWeights && { externalData: [{ path: WEIGHTS, data: WEIGHTS }] }),
    },
  })
  const takes: string[] = model.sessions.model.inputNames
  const lacks = Object.keys(inputs).filter((name) => !takes.includes(name) && !optional.includes(name))
  if (lacks.length > 0) {
    throw new ClsroomError('input', 'The ONNX graph of this model does not take everything that this run is made of', {
      found: takes.join(', '),
      expected: lacks.join(', '),
      advice: 'Take the edit of positions or segments back',
    })
  }
  const tensors = Object.fromEntries(
    Object.entries(inputs).flatMap(([name, { type, dims, data }]) =>
      takes.includes(name)
        ? [[name, new Tensor(type, type === 'int64' ? BigInt64Array.from(data as number[], BigInt) : data, dims)]]
        : [],
    ),
  )
  let answer: Record<string, Tensor> = await model(tensors)
  let ms = Number.POSITIVE_INFINITY
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now()
    answer = await model(tensors)
    ms = Math.min(ms, performance.now() - began)
  }
  const outputs = Object.fromEntries(
    Object.entries(answer).flatMap(([name, { dims, data }]) =>
      data instanceof Float32Array ? [[name, { dims, data }]] : [],
    ),
  )
  return { outputs, ms, bytes }
}

/** Everything comes from the model's folder and from ours: by default the library asks the hub and a CDN, and keeps copies. */
async function prepare(address: string): Promise<void> {
  const { origin, pathname } = new URL(address)
  env.logLevel = LogLevel.ERROR
  env.allowLocalModels = false
  env.allowRemoteModels = true
  env.remoteHost = origin
  env.remotePathTemplate = decodeURIComponent(pathname)
  env.useBrowserCache = false
  env.useWasmCache = false // or its factory is imported from a blob, which our content policy refuses
  env.fetch = counted
  const { wasm } = env.backends.onnx
  if (!wasm) throw new ClsroomError('internal', 'The second engine has no WASM')
  wasm.numThreads = 1 // threads need a page that is isolated from other origins
  wasm.wasmPaths = { mjs: absolute(factoryUrl), wasm: absolute(wasmUrl) }
  wasm.wasmBinary = await (await counted(absolute(wasmUrl))).arrayBuffer()
}

const absolute = (url: string) => new URL(url, import.meta.url).href

/** Fetches whole and counts. @throws ClsroomError `fetch` where a graph or the engine cannot be had */
async function counted(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const url = String(input instanceof Request ? input.url : input)
  const response = await fetch(input, init).catch((cause: unknown) => {
    throw new ClsroomError('fetch', `${url} could not be downloaded`, { cause, advice: ONLINE })
  })
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false
  const isMissing = response.status === 404 || isPage
  if (url.endsWith('.onnx') && isMissing) {
    throw new ClsroomError('fetch', 'This model has no onnx/model.onnx, which the second engine reads', {
      found: url,
      advice: 'Choose a model whose folder has onnx/, or export one with optimum',
    })
  }
  if (url === absolute(wasmUrl) && isMissing) {
    throw new ClsroomError('fetch', 'A part of the page could not be fetched', {
      found: url,
      advice: 'Try again when you are online; after an update of the page, reload it',
    })
  }
  // The library looks for files that few models have: those may be missing.
  if (!response.ok && !isMissing) {
    throw new ClsroomError('fetch', `${url} could not be downloaded`, {
      found: `HTTP ${response.status}`,
      advice: ONLINE,
    })
  }
  const body = await response.arrayBuffer()
  if (response.ok) bytes += body.byteLength
  return new Response(body, { status: response.status, headers: { 'content-length': String(body.byteLength) } })
}

function post(reply: OpinionReply): void {
  scope.postMessage(reply)
}
