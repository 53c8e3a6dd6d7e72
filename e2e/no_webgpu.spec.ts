/** Without WebGPU the CPU computes the same, and says that it did. */

import { chromium, type Page } from '@playwright/test'
import { QUIET } from '../scripts/chromium_flags.mjs'
import { distance, expectProbabilities, type HeadMap } from './lab_page.ts'
import { expect, test, watch } from './test.ts'
import { TextPage } from './text_page.ts'
import { VisionPage } from './vision_page.ts'

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

async function expectCpu({ page, banner }: TextPage | VisionPage): Promise<void> {
  await expect(page.getByTestId('cpu-badge')).toBeVisible()
  await expect(page.getByTestId('engine-status')).toContainText('CPU')
  await expect(banner).toContainText('GPU')
  expect(await page.evaluate(() => window.clsroom.backend().kind)).toBe('cpu')
}

test('text: CPU badge, the same words and maps', async ({ baseURL, text }) => {
  const visit = async (lab: TextPage) => {
    await lab.open()
    await lab.show('the film was good', 'we liked it')
    await lab.select('good')
    await lab.rerun(() => lab.act('Replace by [MASK]'))
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
    const cpuLab = new TextPage(page)
    const cpu = await visit(cpuLab)
    await expectCpu(cpuLab)
    expect(distance(cpu.maps, gpu.maps)).toBeLessThanOrEqual(1e-4)
    expect(cpu.top).toBe(gpu.top)
    expect(cpu.nsp).toBeCloseTo(gpu.nsp, 3)
    expect(cpu.sentiment).toBeCloseTo(gpu.sentiment, 3)
  })
})

test('vision: CPU badge, the same classes and maps', async ({ baseURL, vision }) => {
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
    const cpuLab = new VisionPage(page)
    const cpu = await visit(cpuLab)
    await expectCpu(cpuLab)
    expect(distance(cpu.maps, gpu.maps)).toBeLessThanOrEqual(1e-4)
    expect(cpu.top).toEqual(gpu.top)
  })
})

test('a browser that never heard of WebGPU is told so', async ({ context, text }) => {
  await context.route(/engine\.worker.*\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `delete WorkerNavigator.prototype.gpu;${await response.text()}` })
  })
  await text.open()
  await expectCpu(text)
  await expect(text.banner).toContainText('no WebGPU')
  await text.expectMapDrawn()
})

test('the CPU can be asked for', async ({ page, text }) => {
  await text.open({ query: '?backend=cpu' })
  await expect(page.getByTestId('cpu-badge')).toBeVisible()
  await expect(text.banner).toHaveCount(0)
  await text.rerun(() => text.insertByMouse('[SEP]', 2))
  await text.expectMapDrawn()
})
