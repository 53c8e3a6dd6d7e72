/** The GPU process dies: the page says so, recovers by itself, keeps its state and computes the same. */

import { bits } from '../lab_page.ts'
import { expect, test } from '../test.ts'
import type { TextPage } from '../text_page.ts'

/** Kills the GPU process; resolves once the engine was seen lost and is ready again. */
async function crash({ page, engine }: TextPage): Promise<void> {
  await page.evaluate(() => {
    const status = document.querySelector('[data-testid=engine-status]') as HTMLElement
    const seen: (string | undefined)[] = []
    Object.assign(window, { seen })
    new MutationObserver(() => seen.push(status.dataset.state)).observe(status, { attributeFilter: ['data-state'] })
  })
  const session = await page.context().browser()?.newBrowserCDPSession()
  // The command never answers: what would answer is what it kills.
  void session?.send('Browser.crashGpuProcess').catch(() => {})
  await expect.poll(() => page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toContain('lost')
  await expect(engine).toHaveAttribute('data-state', 'ready', { timeout: 120_000 })
}

test('recovers with the same maps, twice, and goes on', async ({ page, text }) => {
  await text.open()
  await text.show('the film was good', 'we liked it')
  await text.rerun(() => text.insertByMouse('[SEP]', 3))
  const labels = await text.labels()
  const maps = bits(await text.maps())
  for (let time = 0; time < 2; time++) {
    await crash(text)
    expect(await text.labels()).toEqual(labels)
    expect(bits(await text.maps())).toEqual(maps)
    expect(await page.evaluate(() => window.clsroom.backend().kind)).toBe('webgpu')
    await expect(text.banner).toHaveCount(0)
  }
  await text.rerun(() => text.act('Remove'))
  await text.expectMapDrawn()
})

test('a forward that is under way is answered after the crash', async ({ page, text }) => {
  await text.open()
  const input = { model: 'clsroom-bert', inputIds: Array.from({ length: 100 }, (_, i) => 5 + i) }
  const run = () => page.evaluate((given) => window.clsroom.forward(given), input)
  const calm = await run()
  const pending = page.evaluate(
    (given) => Promise.all(Array.from({ length: 4 }, () => window.clsroom.forward(given))),
    input,
  )
  await crash(text)
  for (const { logits } of await pending) expect(logits).toEqual(calm.logits)
  await expect(text.banner).toHaveCount(0)
})
