import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import { type ModelCache, openModelCache } from './cache.ts'
import { type ModelSource, readModel } from './model_files.ts'
import { loadTokenizer } from './tokenizer.ts'

/** A safetensors file of f32 tensors, each of the given length. */
function weightFile(tensors: Record<string, number>): ArrayBuffer {
  let at = 0
  const header = Object.fromEntries(
    Object.entries(tensors).map(([name, n]) => {
      at += 4 * n
      return [name, { dtype: 'F32', shape: [n], data_offsets: [at - 4 * n, at] }]
    }),
  )
  const json = new TextEncoder().encode(JSON.stringify(header))
  const bytes = new Uint8Array(8 + json.length + at)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  return bytes.buffer
}

const bert = JSON.stringify({ model_type: 'bert' })
const vit = JSON.stringify({ model_type: 'vit', image_size: 224 })
const index = (map: Record<string, string>) => JSON.stringify({ metadata: {}, weight_map: map })

/** A cache that forgets, so that the tests do not depend on the machine. */
const noCache: ModelCache = await openModelCache(undefined)

async function refusal(source: ModelSource, options = {}): Promise<ClsroomError> {
  try {
    await readModel(source, { cache: noCache, ...options })
  } catch (error) {
    if (error instanceof ClsroomError) return error
    throw error
  }
  throw new Error('accepted')
}

describe('dropped files', () => {
  const read = (files: Record<string, Blob | ArrayBuffer | string>) => readModel({ type: 'files', files })

  it('reads texts, blobs and buffers, alone or in a folder', async () => {
    const model = await read({
      'my-bert/config.json': bert,
      'my-bert/tokenizer.json': new Blob(['{"a":1}']),
      'my-bert/model.safetensors': weightFile({ a: 2 }),
    })
    expect(model.config).toEqual({ model_type: 'bert' })
    expect(model.tokenizerJson).toBe('{"a":1}')
    expect(model.tokenizerConfig).toBeUndefined()
    expect(model.weights.get('a')?.data.length).toBe(2)
  })

  it('gives a picture model its preprocessor, by default ViTImageProcessor’s', async () => {
    const model = await read({ 'config.json': vit, 'model.safetensors': weightFile({}) })
    expect(model.preprocessor?.size).toEqual({ height: 224, width: 224 })
  })

  it('makes pictures of the model’s own size where no file says how, and refuses a file that makes others', async () => {
    const config = (image_size: unknown) => JSON.stringify({ model_type: 'vit', image_size })
    const model = await read({ 'config.json': config([32, 64]), 'model.safetensors': weightFile({}) })
    expect(model.preprocessor).toMatchObject({ size: { height: 32, width: 64 }, image_mean: [0.5, 0.5, 0.5] })

    const bare = await read({ 'config.json': '{"model_type":"vit"}', 'model.safetensors': weightFile({}) })
    expect(bare.preprocessor?.size).toEqual({ height: 224, width: 224 })

    for (const [preprocessor, size] of [
      [{ size: { height: 64, width: 64 } }, '64 × 64'],
      [{ size: 16 }, '16 × 16'],
      [{ size: 64, do_center_crop: true, crop_size: 48 }, '48 × 48'],
    ] as const) {
      const files = {
        'config.json': config(32),
        'preprocessor_config.json': JSON.stringify(preprocessor),
        'model.safetensors': weightFile({}),
      }
      const error = await refusal({ type: 'files', files })
      expect(error.code).toBe('config')
      expect(error.message).toContain(size)
      expect(error.message).toContain('32 × 32')
    }
  })

  it('takes the model nearest the top, and what lies beside it', async () => {
    const model = await read({
      'run/checkpoint-500/config.json': JSON.stringify({ model_type: 'bert', from: 'checkpoint' }),
      'run/checkpoint-500/model.safetensors': weightFile({ old: 1 }),
      'run/checkpoint-500/tokenizer.json': 'old',
      'run/1_Pooling/config.json': JSON.stringify({ pooling_mode_mean_tokens: true }),
      'run/config.json': JSON.stringify({ model_type: 'bert', from: 'top', classifier_dropout: null }),
      'run/model.safetensors': weightFile({ new: 1 }),
    })
    expect(model.config).toEqual({ model_type: 'bert', from: 'top' })
    expect([...model.weights.keys()]).toEqual(['new'])
    expect(model.tokenizerJson).toBeUndefined()
  })

  it('makes a tokenizer of vocab.txt alone', async () => {
    const vocabulary = '[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\nThe\nfilm\n##s\n'
    const labels = async (do_lower_case?: boolean) => {
      const files = {
        'config.json': bert,
        'vocab.txt': vocabulary,
        'tokenizer_config.json': JSON.stringify({ do_lower_case }),
        'model.safetensors': weightFile({}),
      }
      const { tokenizerJson = '', tokenizerConfig } = await read(files)
      return loadTokenizer(tokenizerJson, tokenizerConfig)
        .pieces('The films 🦄')
        .map(({ id, label }) => `${id} ${label}`)
    }
    expect(await labels()).toEqual(['5 the', '7 film', '8 ##s', '1 [UNK]'])
    expect(await labels(false)).toEqual(['6 The', '7 film', '8 ##s', '1 [UNK]'])
  })

  it('names a Git LFS pointer', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'
    const error = await refusal({ type: 'files', files: { 'config.json': bert, 'model.safetensors': pointer } })
    expect(error.code).toBe('fetch')
    expect(error.message).toContain('Git LFS pointer')
  })

  it('joins shards', async () => {
    const model = await read({
      'config.json': bert,
      'model.safetensors.index.json': index({ a: 'x-1.safetensors', b: 'x-2.safetensors' }),
      'x-1.safetensors': weightFile({ a: 1 }),
      'x-2.safetensors': weightFile({ b: 3 }),
    })
    expect([...model.weights].map(([name, { shape }]) => [name, ...shape])).toEqual([
      ['a', 1],
      ['b', 3],
    ])
  })

  it.each<[string, string, Record<string, ArrayBuffer | string>]>([
    ['no config', 'fetch', {}],
    ['no weights', 'fetch', { 'config.json': bert }],
    ['two models', 'fetch', { 'a/config.json': bert, 'b/config.json': bert }],
    ['a config that is not JSON', 'config', { 'config.json': '<html>' }],
    [
      'weights that are a web page',
      'safetensors',
      { 'config.json': bert, 'model.safetensors': '<!doctype html><html></html>' },
    ],
    ['a config too large', 'fetch', { 'config.json': ' '.repeat(2 ** 21) }],
    [
      'a missing shard',
      'fetch',
      { 'config.json': bert, 'model.safetensors.index.json': index({ a: 'x.safetensors' }) },
    ],
    [
      'a shard elsewhere',
      'safetensors',
      { 'config.json': bert, 'model.safetensors.index.json': index({ a: '../x.safetensors' }) },
    ],
    [
      'a shard by URL',
      'safetensors',
      { 'config.json': bert, 'model.safetensors.index.json': index({ a: '//host/x.safetensors' }) },
    ],
    [
      'a tensor that its shard lacks',
      'safetensors',
      {
        'config.json': bert,
        'model.safetensors.index.json': index({ a: 'x.safetensors' }),
        'x.safetensors': weightFile({ b: 1 }),
      },
    ],
    [
      'a tensor in two shards',
      'safetensors',
      {
        'config.json': bert,
        'model.safetensors.index.json': index({ a: 'x.safetensors', b: 'y.safetensors' }),
        'x.safetensors': weightFile({ a: 1 }),
        'y.safetensors': weightFile({ a: 1, b: 1 }),
      },
    ],
  ])('refuses %s', async (_, code, files) => {
    expect((await refusal({ type: 'files', files })).code).toBe(code)
  })
})

describe('a server', () => {
  const weights = new Uint8Array(weightFile({ a: 100_000 }))
  const requests: string[] = []
  let server: Server
  let root: string

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? ''
      requests.push(path)
      const send = (body: string | Uint8Array, headers = {}) => {
        response.writeHead(200, { 'content-length': Buffer.byteLength(body), ...headers }).end(body)
      }
      if (path.startsWith('/closed/')) response.writeHead(401).end()
      else if (path === '/huge/config.json') send('x'.repeat(2 ** 21))
      else if (path === '/endless/config.json') {
        response.writeHead(200)
        const more = setInterval(() => response.write('x'.repeat(2 ** 16)), 1)
        response.on('close', () => clearInterval(more))
      } else if (path === '/slow/model.safetensors') response.writeHead(200, { 'content-length': 1000 }).write('x')
      else if (path.endsWith('/config.json') && !path.startsWith('/none/')) send(bert)
      else if (path === '/good/model.safetensors') send(weights)
      else if (path === '/damaged/model.safetensors') send('short')
      else if (path === '/cut/model.safetensors') {
        response.writeHead(200, { 'content-length': weights.length }).write(weights.subarray(0, 1000))
        setTimeout(() => response.destroy(), 20)
      } else if (path.startsWith('/spa/')) send('<!doctype html>', { 'content-type': 'text/html; charset=utf-8' })
      else response.writeHead(404).end()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const source = (folder: string): ModelSource => ({ type: 'url', url: `${root}/${folder}/` })

  it('is read with byte progress', async () => {
    const progress: [number, number, string][] = []
    const model = await readModel(source('good'), { cache: noCache, onProgress: (...state) => progress.push(state) })
    expect(model.weights.get('a')?.data.length).toBe(100_000)
    const all = weights.length + bert.length
    expect(progress.at(-1)).toEqual([all, all, 'model.safetensors'])
    expect(progress.every(([loaded, total]) => loaded <= total)).toBe(true)
  })

  it.each<[string, RegExp]>([
    ['none', /none\/config.json does not exist/],
    ['spa', /spa\/model.safetensors does not exist/],
    ['closed', /closed\/config.json could not be downloaded: found status 401/],
    ['huge', /huge\/config.json is too large: found 2097152 bytes/],
    ['endless', /endless\/config.json is too large/],
    ['cut', /cut\/model.safetensors/],
  ])('says what is wrong with /%s/', async (folder, message) => {
    const error = await refusal(source(folder))
    expect(error.code).toBe('fetch')
    expect(error.message).toMatch(message)
  })

  it('can be unreachable', async () => {
    const error = await refusal({ type: 'url', url: 'http://127.0.0.1:1/' })
    expect(error.code).toBe('fetch')
    expect(error.message).toMatch(/http:\/\/127.0.0.1:1\/config.json could not be downloaded/)
  })

  it('can be stopped', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    expect((await refusal(source('slow'), { signal: stop.signal })).message).toMatch(/was stopped/)
  })

  it('is asked once for what is kept, and again where the kept file was damaged', async () => {
    const storage = memoryStorage()
    const cache = await openModelCache(storage)
    await readModel(source('good'), { cache })
    const url = `${root}/good/model.safetensors`
    expect((await cache.list()).find((file) => file.url === url)?.bytes).toBe(weights.length)
    const asked = () => requests.filter((path) => path === '/good/model.safetensors').length
    const before = asked()
    await readModel(source('good'), { cache })
    expect(asked()).toBe(before)

    const kept = await storage.files.get(url)
    storage.files.set(url, new Response('damaged', { headers: kept?.headers }))
    await readModel(source('good'), { cache })
    expect(asked()).toBe(before + 1)

    await cache.clear()
    expect(await cache.list()).toEqual([])
  })

  it('is asked for nothing more, and leaves nothing, where config.json is of a kind that nothing here runs', async () => {
    const cache = await openModelCache(memoryStorage())
    const before = requests.length
    const accept = () => {
      throw new ClsroomError('unsupported', 'no')
    }
    await expect(readModel(source('good'), { cache }, accept)).rejects.toThrow('no')
    expect(requests.slice(before)).toEqual(['/good/config.json'])
    expect(await cache.list()).toEqual([])
  })

  it('leaves nothing of a model that is refused once it was read, or whose weights are damaged', async () => {
    const cache = await openModelCache(memoryStorage())
    const model = await readModel(source('good'), { cache })
    expect(await cache.list()).toHaveLength(2)
    await model.forget()
    expect(await cache.list()).toEqual([])

    await expect(readModel(source('damaged'), { cache })).rejects.toThrow(/too short/)
    expect(await cache.list()).toEqual([])
  })

  it('keeps what arrived before a download broke off', async () => {
    const cache = await openModelCache(memoryStorage())
    await expect(readModel(source('cut'), { cache })).rejects.toThrow()
    expect((await cache.list()).map(({ url }) => url)).toEqual([`${root}/cut/config.json`])
  })

  it('is read where storage is refused', async () => {
    const refused = { open: () => Promise.reject(new DOMException('no', 'SecurityError')) } as unknown as CacheStorage
    const cache = await openModelCache(refused)
    expect(cache.problem).toMatch(/keeps no files/)
    expect((await readModel(source('good'), { cache })).weights.size).toBe(1)
  })
})

describe('a full cache', () => {
  it('gives up its oldest file, and nothing worse', async () => {
    const storage = memoryStorage(2)
    const cache = await openModelCache(storage)
    const bytes = new ArrayBuffer(4)
    for (const name of ['a', 'b', 'c']) {
      await cache.put(`http://x/${name}`, bytes)
      await new Promise((later) => setTimeout(later, 2))
    }
    expect((await cache.list()).map(({ url }) => url)).toEqual(['http://x/b', 'http://x/c'])
    expect(cache.problem).toBeUndefined()
    storage.room = 0
    await cache.put('http://x/d', bytes)
    expect(cache.problem).toMatch(/no room/)
  })
})

/** Cache Storage with room for `room` files. */
function memoryStorage(room = 100) {
  const files = new Map<string, Response>()
  const storage = { files, room, open: async () => cache }
  const cache = {
    match: async (url: string) => files.get(url)?.clone(),
    keys: async () => [...files.keys()].map((url) => ({ url })),
    delete: async (url: string) => files.delete(url),
    put: async (url: string, response: Response) => {
      if (files.size >= storage.room) throw new DOMException('full', 'QuotaExceededError')
      files.set(url, response)
    },
  }
  return storage as unknown as CacheStorage & { files: Map<string, Response>; room: number }
}
