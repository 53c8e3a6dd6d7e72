/** The guard itself: each of these pages does what no page may do, and so each of these tests has to fail. */

import { test } from './test.ts'

test.fail('an error on the console fails a test', async ({ page, text }) => {
  await text.open()
  await page.evaluate(() => console.error('on purpose'))
})

test.fail('a warning from the engine’s worker fails a test', async ({ context, text }) => {
  await context.route(/engine\.worker.*\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `console.warn('on purpose');${await response.text()}` })
  })
  await text.open()
})

test.fail('an exception nobody catches fails a test', async ({ page, text }) => {
  await text.open()
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        setTimeout(() => {
          setTimeout(resolve, 0)
          throw new Error('on purpose')
        }, 0)
      }),
  )
})

test.fail('a request to another origin fails a test', async ({ page, text }) => {
  await text.open()
  await page.evaluate(() => fetch('http://127.0.0.1:9/').catch(() => {}))
})
