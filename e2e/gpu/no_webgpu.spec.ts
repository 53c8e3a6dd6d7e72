/** Without WebGPU, WASM computes the same, and says that it did. */

import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { QUIET } from '../../scripts/chromium_flags.mjs'
import { distance, expectProbabilities, type HeadMap } from '../lab_page.ts'
import { expect, test, watch } from '../test.ts'
import { TextPage } from '../text_page.ts'
import { VisionPage } from '../vision_page.ts'

/** A Chromium that has no adapter to give. */
async function withoutGpu(baseURL: string | undefined, visit: (page: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: QUIET })
  try {
    const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } })
    const faults = watch(context, baseURL as string)
    await visit(await context.newPage())
    expect(faults).toEqual([])
  } finally {
    await browser.close()
  }
}

async function expectBackend(kind: 'wasm' | 'cpu', { page }: TextPage | VisionPage): Promise<void> {
  await expect(page.getByTestId('backend-badge')).toHaveText(kind.toUpperCase())
  await expect(page.getByTestId('engine-status')).toContainText(kind.toUpperCase())
  expect(await page.evaluate(() => window.clsroom.backend().kind)).toBe(kind)
}

test('text: WASM badge, the same words and maps', async ({ baseURL, text }) => {
  const visit = async (lab: TextPage) => {
    await lab.open()
    await lab.show('the film was good', 'we liked it')
    await lab.select('good')
    await lab.rerun(() => lab.act('Put [MASK]'))
    await lab.expectMapDrawn()
    const maps = await lab.maps()
    expectProbabilities(maps)
    const [words] = await lab.predictions()
    return {
      maps,
      top: words?.[0]?.word,
      nsp: await lab.probability('nsp'),
      sentiment: await lab.probability('sentiment'),
    }
  }
  const gpu = await visit(text)
  await withoutGpu(baseURL, async (page) => {
    const wasmLab = new TextPage(page)
    const wasm = await visit(wasmLab)
    await expectBackend('wasm', wasmLab)
    await expect(wasmLab.banner).toContainText('GPU')
    expect(distance(wasm.maps, gpu.maps)).toBeLessThanOrEqual(1e-4)
    expect(wasm.top).toBe(gpu.top)
    expect(wasm.nsp).toBeCloseTo(gpu.nsp, 3)
    expect(wasm.sentiment).toBeCloseTo(gpu.sentiment, 3)
  })
})

test('vision: WASM badge, the same classes and maps', async ({ baseURL, vision }) => {
  const visit = async (lab: VisionPage) => {
    await lab.open()
    const maps = await lab.page.evaluate(async () => {
      const data = Float32Array.from({ length: 3 * 32 * 32 }, (_, i) => Math.sin(i / 11))
      const pixelValues = { dims: [3, 32, 32] as [number, number, number], data }
      const { model } = window.clsroom.state() as { model: string }
      return (await window.clsroom.forward({ model, pixelValues, capture: { attentions: true } })).attentions
    })
    return { maps: maps as HeadMap[], top: (await lab.probabilities()).map(({ bars }) => bars[0]?.label) }
  }
  const gpu = await visit(vision)
  await withoutGpu(baseURL, async (page) => {
    const wasmLab = new VisionPage(page)
    const wasm = await visit(wasmLab)
    await expectBackend('wasm', wasmLab)
    await expect(wasmLab.banner).toContainText('GPU')
    expect(distance(wasm.maps, gpu.maps)).toBeLessThanOrEqual(1e-4)
    expect(wasm.top).toEqual(gpu.top)
  })
})

/** The engine's worker in a browser that lacks something. */
async function without(context: BrowserContext, missing: string): Promise<void> {
  await context.route(/engine\.worker.*\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `${missing};${await response.text()}` })
  })
}

test('a browser that never heard of WebGPU is told so', async ({ context, text }) => {
  await without(context, 'delete WorkerNavigator.prototype.gpu')
  await text.open()
  await expectBackend('wasm', text)
  await expect(text.banner).toContainText('no WebGPU')
  await text.expectMapDrawn()
})

test('without WASM either, the twins compute', async ({ context, text }) => {
  await without(context, 'delete WorkerNavigator.prototype.gpu;delete globalThis.WebAssembly')
  await text.open()
  await expectBackend('cpu', text)
  await expect(text.banner).toContainText('no WebGPU')
  await text.expectMapDrawn()
})

for (const kind of ['wasm', 'cpu'] as const) {
  test(`${kind.toUpperCase()} can be asked for`, async ({ text }) => {
    await text.open({ query: `?backend=${kind}` })
    await expectBackend(kind, text)
    await expect(text.banner).toHaveCount(0)
    await text.rerun(() => text.insertByMouse('[SEP]', 2))
    await text.expectMapDrawn()
  })
}
