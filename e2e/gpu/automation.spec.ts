/** `window.clsroom`, as documented: what a notebook's iframe, the console and these tests rely on. */

import type { AutomationForward, AutomationResult } from '../../src/state/automation.ts'
import { EMBEDDED_MODELS } from '../../src/state/embedded_models.ts'
import { bits, column, expectProbabilities, type HeadMap } from '../lab_page.ts'
import { expect, test } from '../test.ts'
import type { TextPage } from '../text_page.ts'

const TEXT: AutomationForward = { model: 'clsroom-bert', inputIds: [2, 100, 200, 300, 3, 400, 3] }
const T = 7

function forward(text: TextPage, input: AutomationForward): Promise<AutomationResult> {
  return text.page.evaluate((given) => window.clsroom.forward(given), input)
}

async function attentions(text: TextPage, input: AutomationForward): Promise<HeadMap[]> {
  return (await forward(text, { ...input, capture: { attentions: true } })).attentions as HeadMap[]
}

/** What a call is refused with. */
function refusal(
  text: TextPage,
  call: 'forward' | 'loadModel' | 'setState' | 'tokenize' | 'generate',
  argument: unknown,
): Promise<object> {
  return text.page.evaluate(
    async ({ call, argument }) => {
      try {
        await (window.clsroom[call] as (given: unknown) => Promise<unknown>)(argument)
        return { name: 'nothing was refused' }
      } catch (thrown) {
        const { name, code, message, found, expected, advice } = thrown as Record<string, string>
        return { name, code, message, found, expected, advice }
      }
    },
    { call, argument },
  )
}

test.beforeEach(({ text }) => text.open())

test('tells what it is', async ({ text }) => {
  const told = await text.page.evaluate(() => ({
    version: window.clsroom.version,
    backend: window.clsroom.backend(),
    models: window.clsroom.models(),
    stats: window.clsroom.stats(),
  }))
  expect(told.version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(told.backend).toMatchObject({ kind: 'webgpu', software: true })
  expect(told.backend.adapter).toContain('swiftshader')
  expect(told.models.map(({ id }) => id).sort()).toEqual(EMBEDDED_MODELS.map(({ id }) => id).sort())
  expect(told.models.every(({ source }) => source === 'embedded')).toBe(true)
  expect(told.stats.forwards).toBeGreaterThan(0)
  expect(told.stats.gpuBytes).toBeGreaterThan(0)
  expect(told.stats.pipelines).toBeGreaterThan(0)
})

test('a forward of text gives logits, maps and hidden states of the documented shapes', async ({ text }) => {
  const result = await forward(text, { ...TEXT, capture: { attentions: true, hiddenStates: true } })
  expect(result.attentions?.map(({ dims }) => dims)).toEqual(Array(4).fill([6, T, T]))
  expectProbabilities(result.attentions as HeadMap[])
  const hidden = result.hiddenStates ?? []
  const D = (hidden[0]?.data.length ?? 0) / T
  expect(hidden.map(({ dims }) => dims)).toEqual(Array(5).fill([T, D]))
  expect(result.logits.mlm?.dims[0]).toBe(T)
  expect(result.logits.nsp?.dims).toEqual([2])
  expect(result.logits.sentiment?.dims).toEqual([2])
  for (const { data } of Object.values(result.logits)) expect(data.every(Number.isFinite)).toBe(true)
  expect(result.dispatches).toBeGreaterThan(0)
  expect(result.ms).toBeGreaterThan(0)
})

test('nothing is captured unless asked for, and defaults are those of transformers', async ({ text }) => {
  const bare = await forward(text, TEXT)
  expect(bare.attentions).toBeUndefined()
  expect(bare.hiddenStates).toBeUndefined()
  const spelled = await forward(text, {
    ...TEXT,
    tokenTypeIds: Array(T).fill(0),
    positionIds: Array.from({ length: T }, (_, t) => t),
    mask: Array(T).fill(1),
  })
  expect(spelled.logits).toEqual(bare.logits)
})

test('a mask of keys silences columns, in every layer and head', async ({ text }) => {
  const maps = await attentions(text, { ...TEXT, mask: [1, 1, 0, 1, 1, 0, 1] })
  for (const key of [2, 5]) expect(column(maps, key).every((value) => value === 0)).toBe(true)
  expectProbabilities(maps)
})

test('a mask of query × key is causal when it is drawn so; a row of zeros reads nothing', async ({ text }) => {
  const causal = Array.from({ length: T }, (_, q) => Array.from({ length: T }, (_, k) => (k <= q ? 1 : 0)))
  const maps = await attentions(text, { ...TEXT, mask: causal })
  expectProbabilities(maps)
  for (const { data } of maps) {
    const later = (i: number) => i % T > Math.floor(i / T) % T
    expect(data.every((value, i) => !later(i) || value === 0)).toBe(true)
  }
  const silent = await attentions(text, { ...TEXT, mask: causal.with(3, Array(T).fill(0)) })
  for (const { data } of silent) {
    expect(data.every(Number.isFinite)).toBe(true)
    for (let head = 0; head < 6; head++) {
      expect(data.subarray((head * T + 3) * T, (head * T + 4) * T).every((value) => value === 0)).toBe(true)
    }
  }
})

test('a mask may be another in each layer', async ({ text }) => {
  const open = Array.from({ length: T }, () => Array(T).fill(1))
  const closed = open.map((row) => row.with(4, 0))
  const maps = await attentions(text, { ...TEXT, mask: [open, closed, open, closed] })
  expectProbabilities(maps)
  const reads4 = maps.map((map) => column([map], 4).some((value) => value > 0))
  expect(reads4).toEqual([true, false, true, false])
})

test('text becomes tokens as the model’s tokenizer makes them, with special tokens and segments', async ({ text }) => {
  const tokenize = (given: { text: string; pair?: string }) =>
    text.page.evaluate((input) => window.clsroom.tokenize({ model: 'clsroom-bert', ...input }), given)
  const { tokens, inputIds, tokenTypeIds } = await tokenize({ text: 'The film', pair: 'was good' })
  expect(tokens).toEqual(['[CLS]', 'the', 'film', '[SEP]', 'was', 'good', '[SEP]'])
  expect(tokenTypeIds).toEqual([0, 0, 0, 0, 1, 1, 1])
  await text.setState({ texts: ['The film', 'was good'] })
  const shown = bits(await text.maps())
  expect(bits(await attentions(text, { model: 'clsroom-bert', inputIds, tokenTypeIds }))).toEqual(shown)
  expect((await tokenize({ text: '' })).tokens).toEqual(['[CLS]', '[SEP]'])
})

test('ablating a head leaves its layer’s maps and changes what comes after', async ({ text }) => {
  const whole = await forward(text, { ...TEXT, capture: { attentions: true } })
  const cut = await forward(text, { ...TEXT, ablate: [[1, 3]], capture: { attentions: true } })
  const [before, after] = [whole, cut].map(({ attentions }) => bits(attentions as HeadMap[])) as [
    Uint32Array[],
    Uint32Array[],
  ]
  expect(after[0]).toEqual(before[0])
  expect(after[2]).not.toEqual(before[2])
  expect(cut.logits.sentiment?.data).not.toEqual(whole.logits.sentiment?.data)
})

test('pictures have one token a patch, one [CLS] and the registers', async ({ text }) => {
  for (const [model, tokens] of [
    ['clsroom-vit', 65],
    ['clsroom-vit-registers', 69],
    ['clsroom-vit-large', 65],
    ['clsroom-vit-large-registers', 69],
  ] as const) {
    const data = Array.from({ length: 3 * 32 * 32 }, (_, i) => Math.sin(i / 7))
    const result = await forward(text, {
      model,
      pixelValues: { dims: [3, 32, 32], data },
      capture: { attentions: true, hiddenStates: true },
    })
    const maps = result.attentions as HeadMap[]
    expect(maps.every(({ dims }) => dims[1] === tokens && dims[2] === tokens)).toBe(true)
    expectProbabilities(maps)
    expect(result.hiddenStates).toHaveLength(maps.length + 1)
    const heads = Object.values(result.logits)
    expect(heads.length).toBeGreaterThan(0)
    for (const { dims } of heads) expect(dims).toEqual([10])
  }
})

test('the same forward gives the same bits, also among others', async ({ text }) => {
  const alone = await attentions(text, TEXT)
  const together = await text.page.evaluate(async (input) => {
    const other = { ...input, inputIds: input.inputIds?.toReversed() }
    const capture = { attentions: true }
    const runs = [input, other, input, other, input].map((each) => window.clsroom.forward({ ...each, capture }))
    return (await Promise.all(runs)).map(({ attentions }) => attentions)
  }, TEXT)
  for (const i of [0, 2, 4]) expect(bits(together[i] as HeadMap[])).toEqual(bits(alone))
  expect(bits(together[1] as HeadMap[])).not.toEqual(bits(alone))
})

test('models load by address and from files, and compute the same', async ({ text }) => {
  const expected = bits(await attentions(text, TEXT))
  const ids = await text.page.evaluate(async () => {
    const byUrl = await window.clsroom.loadModel(new URL('models/clsroom-bert/', location.href.split('#')[0]).href)
    const fetched = async (name: string) => await fetch(`models/clsroom-bert/${name}`)
    const byFiles = await window.clsroom.loadModel({
      'config.json': await (await fetched('config.json')).text(),
      'tokenizer.json': await (await fetched('tokenizer.json')).blob(),
      'model.safetensors': await (await fetched('model.safetensors')).arrayBuffer(),
    })
    return [byUrl.id, byFiles.id]
  })
  for (const model of ids) expect(bits(await attentions(text, { ...TEXT, model }))).toEqual(expected)
  const sources = await text.page.evaluate(() => window.clsroom.models().map(({ source }) => source))
  expect(sources).toEqual(expect.arrayContaining(['embedded', 'url', 'files']))
})

test.describe('a call that cannot be answered', () => {
  // A name that is none of the page's own models is looked for on the hub.
  test.use({ allowed: [[/Failed to load resource/, /huggingface\.co\/no-such-model/], { scope: 'test' }] })

  test('is refused with a typed error that says why', async ({ text }) => {
    const pixelValues = { dims: [3, 32, 32], data: Array(3 * 32 * 32).fill(0) }
    const cases: [name: Parameters<typeof refusal>[1], argument: unknown, expected: object][] = [
      ['forward', { model: 'clsroom-bert' }, { code: 'input', expected: 'inputIds' }],
      ['forward', { model: 'clsroom-vit', inputIds: [1] }, { code: 'input', expected: 'pixelValues' }],
      ['forward', { ...TEXT, inputIds: [] }, { code: 'input', found: '0 tokens' }],
      ['forward', { ...TEXT, inputIds: Array(513).fill(5) }, { code: 'input', found: '513 tokens' }],
      ['forward', { ...TEXT, inputIds: [2, 1.5, 3] }, { code: 'input' }],
      ['forward', { ...TEXT, inputIds: [2, 99_999, 3] }, { code: expect.stringMatching(/input|shape/) }],
      ['forward', { ...TEXT, tokenTypeIds: [0] }, { code: expect.stringMatching(/input|shape/) }],
      ['forward', { ...TEXT, positionIds: Array(T).fill(512) }, { code: expect.stringMatching(/input|shape/) }],
      ['forward', { ...TEXT, mask: [1, 1] }, { code: 'input', found: '2 keys' }],
      ['forward', { ...TEXT, mask: [[[1]]] }, { code: 'input', found: '1 × 1 × 1' }],
      [
        'forward',
        { ...TEXT, mask: Array(3).fill(Array(T).fill(Array(T).fill(1))) },
        { code: 'input', found: '3 × 7 × 7' },
      ],
      ['forward', { ...TEXT, decoderInputIds: [1] }, { code: 'input', found: 'decoderInputIds for bert' }],
      ['generate', { model: 'clsroom-bert', inputIds: [2], maxNewTokens: 3 }, { code: 'input', found: 'bert' }],
      ['tokenize', { model: 'clsroom-vit', text: 'a' }, { code: 'tokenizer' }],
      ['forward', { ...TEXT, ablate: [[9, 0]] }, { code: 'input', found: 'layer 9, head 0' }],
      [
        'forward',
        { model: 'clsroom-vit', pixelValues: { ...pixelValues, dims: [1, 32, 32] } },
        { code: expect.stringMatching(/input|shape/) },
      ],
      ['loadModel', 'no-such-model', { code: 'fetch' }],
      ['loadModel', 'not a reference', { code: 'input' }],
      [
        'loadModel',
        { 'config.json': '{}' },
        { code: expect.stringMatching(/config|fetch|input|safetensors|unsupported/) },
      ],
      [
        'loadModel',
        { 'config.json': '{"model_type":"gpt5"}' },
        { code: expect.stringMatching(/unsupported|config|fetch/) },
      ],
      ['setState', { texts: 'not a list' }, { code: 'state' }],
      ['setState', { look: { layer: -1 } }, { code: 'state' }],
    ]
    for (const [name, argument, expected] of cases) {
      const thrown = await refusal(text, name, argument)
      expect(thrown, JSON.stringify(argument).slice(0, 120)).toMatchObject({ name: 'ClsroomError', ...expected })
      expect(thrown, JSON.stringify(argument).slice(0, 120)).toHaveProperty(
        'message',
        expect.stringMatching(/\w{3,} \w+/),
      )
    }
    await text.expectMapDrawn()
  })
})

test('setState resolves when the new run is drawn, in either lab', async ({ page, text, vision }) => {
  await text.setState({ texts: ['the film', 'was good'] })
  expect(await text.labels()).toEqual(['[CLS]', 'the', 'film', '[SEP]', 'was', 'good', '[SEP]'])
  await text.expectMapDrawn()
  await text.setState({ lab: 'vision', model: 'clsroom-vit', sample: 'dog.jpg' })
  await expect(page.getByTestId('vision-lab')).toBeVisible()
  expect(await vision.overlay()).toHaveLength(64)
  expect(await text.state()).toMatchObject({ lab: 'vision', model: 'clsroom-vit', sample: 'dog.jpg' })
})
