/**
 * What a person waits for, on this machine: navigation to the first map, keystroke to redraw, and the bytes of the first load.
 *   npm run build && node bench/page.mjs [rounds]
 * Medians of fresh browser contexts. Times depend on the adapter, which is printed; nothing asserts them.
 */

import { chromium } from '@playwright/test'
import { preview } from 'vite'
import { findChromium } from '../scripts/chromium.mjs'
import { QUIET, SOFTWARE_GPU } from '../scripts/chromium_flags.mjs'
import { median } from './median.mjs'

const ROUNDS = Number(process.argv[2] ?? 5)
const KEYSTROKES = 12
const KINDS = [
  [/\.js$/, 'scripts'],
  [/\.(css|woff2)$/, 'styles and fonts'],
  [/models\//, 'model'],
  [/samples\//, 'samples'],
]

const server = await preview({ preview: { port: 4280, strictPort: true } })
const browser = await chromium.launch({ executablePath: findChromium(), args: [...QUIET, ...SOFTWARE_GPU] })

for (const lab of ['text', 'vision']) {
  const [firstMap, redraw] = [[], []]
  let bytes = {}
  let backend = {}
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    bytes = countBytes(page)
    const start = performance.now()
    await page.goto(`http://localhost:4280/#/${lab}`)
    await page.waitForFunction(() => window.clsroom)
    await page.evaluate(() => window.clsroom.ready)
    await page.locator('[data-testid="map-panel"] canvas').first().waitFor()
    firstMap.push(performance.now() - start)
    if (lab === 'text') redraw.push(...(await keystrokes(page)))
    backend = await page.evaluate(() => window.clsroom.backend())
    await context.close()
  }
  console.log(`${lab} lab on ${backend.kind}, ${backend.adapter}${backend.software ? ' (software)' : ''}`)
  console.log(`  navigation to first map   ${median(firstMap).toFixed(0)} ms (median of ${firstMap.length})`)
  if (redraw.length > 0)
    console.log(`  keystroke to redraw       ${median(redraw).toFixed(0)} ms (median of ${redraw.length})`)
  console.log(
    `  first load                ${Object.entries(bytes)
      .map(([kind, size]) => `${kind} ${(size / 1024).toFixed(0)} KiB`)
      .join(', ')}`,
  )
}
await browser.close()
await server.close()
process.exit(0)

/** From each key press to the second frame after the run it caused is there: the first one draws it. */
async function keystrokes(page) {
  const box = page.getByTestId('text-0')
  await box.focus()
  await page.keyboard.press('End')
  const times = []
  for (let i = 0; i < KEYSTROKES; i++) {
    times.push(
      await page.evaluate(async () => {
        const frame = () => new Promise(requestAnimationFrame)
        const status = document.querySelector('[data-testid=engine-status]')
        const { forwards } = window.clsroom.stats()
        const started = performance.now()
        document.execCommand('insertText', false, 'a')
        while (window.clsroom.stats().forwards === forwards || status.dataset.state !== 'ready') await frame()
        await frame()
        await frame()
        return performance.now() - started
      }),
    )
  }
  return times
}

/** Adds up the bytes of every file a page and its workers get, uncompressed, by kind. */
function countBytes(page) {
  const sizes = {}
  page.on('response', async (response) => {
    const { pathname } = new URL(response.url())
    const kind = KINDS.find(([pattern]) => pattern.test(pathname))?.[1] ?? 'other'
    const body = await response.body().catch(() => '')
    sizes[kind] = (sizes[kind] ?? 0) + body.length
  })
  return sizes
}
