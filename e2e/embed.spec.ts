/** A frame in another page: nothing is started before it is seen; pages that its address allows call it, and no others. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { axeFinds } from './axe.ts'
import { expect, test } from './test.ts'

declare global {
  interface Window {
    call(name: string, input?: unknown): Promise<never>
  }
}

test('the page in the repository: started when it is seen, called, as high as it asks to be', async ({
  page,
  query,
}) => {
  const models: string[] = []
  page.on('request', (request) => request.url().includes('/models/') && models.push(request.url()))
  await page.goto(`./embed.html${query}`)
  const frame = page.frameLocator('#frame')
  await page.waitForLoadState('networkidle')
  expect(models).toEqual([])
  await page.locator('#frame').scrollIntoViewIfNeeded()
  await expect(frame.getByTestId('token-strip')).toBeVisible()
  await expect(frame.locator('.shell-head')).toBeHidden()
  await expect(frame.getByTestId('toolbox')).toBeHidden()
  const answers = await page.evaluate(async () => {
    await window.call('ready')
    const tokens = await window.call('tokenize', { model: 'clsroom-bert', text: 'we liked it' })
    await window.call('setState', { lab: 'text', texts: ['we liked it'] })
    const { inputIds } = tokens as { inputIds: number[] }
    const run = (await window.call('forward', {
      model: 'clsroom-bert',
      inputIds,
      capture: { attentions: true },
    })) as { attentions: { dims: number[]; data: Float32Array }[] }
    const refused = await Promise.all([
      window.call('eval').catch((error: unknown) => error),
      window.call('forward', { model: 'clsroom-bert', inputIds: [99_999_999] }).catch((error: unknown) => error),
    ])
    const [{ dims, data }] = run.attentions as [{ dims: number[]; data: Float32Array }]
    return { inputIds, dims, row: data.slice(0, inputIds.length).reduce((a, b) => a + b, 0), refused }
  })
  expect(answers.inputIds).toHaveLength(5)
  expect(answers.dims.slice(1)).toEqual([5, 5])
  expect(answers.row).toBeCloseTo(1, 5)
  for (const error of answers.refused)
    expect(error).toMatchObject({ code: expect.any(String), message: expect.any(String) })
  await expect(frame.getByTestId('token-strip')).toContainText('liked')
  await expect(page.locator('#log')).toContainText('"resize"')
  const height = await page
    .locator('#frame')
    .evaluate((one: HTMLIFrameElement) => [one.clientHeight, one.contentDocument?.documentElement.scrollHeight ?? 0])
  expect(Math.abs((height[0] as number) - (height[1] as number))).toBeLessThanOrEqual(4)
  expect(await axeFinds(page)).toEqual([])
})

test.describe('a page of another origin', () => {
  test.use({ allowed: [/^http:\/\/127\.0\.0\.1:/] })

  /** A server of its own: a browser frames no page of this machine in one that it does not know to be here, too. */
  let other: Server
  let origin: string
  /** The address of the frame. */
  let src: string
  test.beforeAll(async () => {
    other = createServer((_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(`<title>other</title><iframe id="frame" src="${src}" style="width:900px;height:600px"></iframe>`)
    })
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
    origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  })
  test.afterAll(() => {
    other.close()
  })

  for (const isAllowed of [true, false]) {
    test(
      isAllowed ? 'calls where the address names it' : 'is refused where it does not, and nothing runs',
      async ({ page, query, baseURL }) => {
        src = `${baseURL}${query}#/text?embed${isAllowed ? `&parents=${origin}` : ''}`
        await page.goto(origin)
        const strip = page.frameLocator('#frame').getByTestId('token-strip')
        await expect(strip).toBeVisible()
        await expect(page.frameLocator('#frame').getByTestId('embed-open')).toBeVisible()
        const answer = await page.evaluate(
          () =>
            new Promise((resolve) => {
              addEventListener('message', ({ data }) => data.id === 1 && resolve(data))
              const frame = document.getElementById('frame') as HTMLIFrameElement
              const input = { lab: 'text', texts: ['we liked it'] }
              frame.contentWindow?.postMessage({ clsroom: 1, id: 1, call: 'setState', input }, '*')
            }),
        )
        if (isAllowed) {
          expect(answer).not.toHaveProperty('error')
          await expect(strip).toContainText('liked')
          // The frame is ready once: a page that sets its state then would take back what the reader has done since.
          await page.evaluate(() => {
            const told: unknown[] = []
            Object.assign(window, { told })
            window.addEventListener('message', ({ data }) => data.event === 'ready' && told.push(data))
          })
          for (const token of [2, 3, 4]) {
            const hash = () => page.frames()[1]?.evaluate(() => location.hash)
            const before = await hash()
            await strip.getByTestId('token').nth(token).press('m')
            await expect.poll(hash).not.toBe(before)
          }
          expect(await page.evaluate(() => (window as unknown as { told: unknown[] }).told)).toEqual([])
        } else {
          expect(answer).toMatchObject({ error: { code: 'input', found: origin } })
          await expect(strip).not.toContainText('liked')
        }
      },
    )
  }
})

test('in Russian, from the button that starts it to the way to the whole page', async ({ page, query }) => {
  const frame = (top: number) =>
    `<!doctype html><title>frame</title><iframe id="frame" title="frame" src="./${query}#/text?embed&lang=ru" style="margin-top:${top}px;width:900px;height:600px"></iframe>`
  await page.route('**/around.html', (route) => route.fulfill({ contentType: 'text/html', body: frame(4000) }))
  await page.goto('./around.html')
  const inside = page.frameLocator('#frame')
  await expect(inside.getByTestId('embed-start')).toHaveText('Запустить CLSroom')
  await page.locator('#frame').scrollIntoViewIfNeeded()
  await expect(inside.getByTestId('token-strip')).toBeVisible()
  await expect(inside.locator('html')).toHaveAttribute('lang', 'ru')
  await expect(inside.getByTestId('embed-open')).toHaveText('Открыть в CLSroom')
})
