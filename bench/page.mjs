/**
 * What a person waits for, on this machine: navigation to the first map, keystroke to redraw, and the bytes of the first load.
 *   npm run build && node bench/page.mjs [rounds]
 * Medians of fresh browser contexts. Times depend on the adapter, which is printed; nothing asserts them.
 */

import { chromium } from '@playwright/test'
import { preview } from 'vite'
import { findChromium } from '../scripts/chromium.mjs'
import { QUIET, SOFTWARE_GPU } from '../scripts/chromium_flags.mjs'

const ROUNDS = Number(process.argv[2] ?? 5)
const KEYSTROKES = 12

const server = await preview({ preview: { port: 4280, strictPort: true } })
const browser = await chromium.launch({ executablePath: findChromium(), args: [...QUIET, ...SOFTWARE_GPU] })

for (const lab of ['text', 'vision']) {
  const [firstMap, redraw] = [[], []]
  let bytes = {}
  let backend = {}
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    const start = performance.now()
    await page.goto(`http://localhost:4280/#/${lab}`)
    await page.waitForFunction(() => window.clsroom)
    await page.evaluate(() => window.clsroom.ready)
    await page.locator('[data-testid="map-panel"] canvas').first().waitFor()
    firstMap.push(performance.now() - start)
    if (lab === 'text') redraw.push(...(await keystrokes(page)))
    bytes = await firstLoad(page)
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

/** From each key press to the frame after the footer shows the run it caused. */
async function keystrokes(page) {
  const box = page.getByTestId('text-0')
  await box.focus()
  await page.keyboard.press('End')
  const times = []
  for (let i = 0; i < KEYSTROKES; i++) {
    times.push(
      await page.evaluate(async () => {
        const box = document.activeElement
        const before = (await window.clsroom.state()).texts[0]
        const started = performance.now()
        document.execCommand('insertText', false, 'a')
        while (window.clsroom.state().texts[0] === before) await new Promise(requestAnimationFrame)
        await window.clsroom.setState({})
        await new Promise(requestAnimationFrame)
        box.focus()
        return performance.now() - started
      }),
    )
  }
  return times
}

/** Bytes as sent over the wire without compression, by kind. */
function firstLoad(page) {
  return page.evaluate(() => {
    const sizes = {}
    for (const { name, decodedBodySize } of performance.getEntriesByType('resource')) {
      const kind = /\.js$/.test(name)
        ? 'scripts'
        : /\.(css|woff2)$/.test(name)
          ? 'styles and fonts'
          : /models\//.test(name)
            ? 'model'
            : 'other'
      sizes[kind] = (sizes[kind] ?? 0) + decodedBodySize
    }
    return sizes
  })
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
