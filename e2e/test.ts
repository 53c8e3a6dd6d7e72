/**
 * The `test` of every spec: any console error or warning, uncaught exception or request to another origin fails it, in
 * every page of the browser context and in its workers. GPU validation errors and shader warnings reach the console too.
 */

import { type BrowserContext, test as base, expect, type TestInfo } from '@playwright/test'
import { BatchPage } from './batch_page.ts'
import { DetectPage } from './detect_page.ts'
import { GeneratePage } from './generate_page.ts'
import { MasksPage } from './masks_page.ts'
import { MemoryPage } from './memory_page.ts'
import { PortfolioPage } from './portfolio_page.ts'
import { Seq2SeqPage } from './seq2seq_page.ts'
import { TasksPage } from './tasks_page.ts'
import { TextPage } from './text_page.ts'
import { TokenizersPage } from './tokenizers_page.ts'
import { VisionPage } from './vision_page.ts'

export { expect }

export interface Fixtures {
  /** Console messages, and addresses of other origins, that a test provokes on purpose. */
  allowed: RegExp[]
  /** Of every address: `?backend=wasm` where a spec is not about the GPU. */
  query: string
  guard: undefined
  text: TextPage
  vision: VisionPage
  generate: GeneratePage
  seq2seq: Seq2SeqPage
  detect: DetectPage
  memory: MemoryPage
  tasks: TasksPage
  portfolio: PortfolioPage
  batch: BatchPage
  masks: MasksPage
  tokenizers: TokenizersPage
}

export const test = base.extend<Fixtures>({
  allowed: [[], { option: true }],
  query: ['', { option: true }],
  guard: [
    async ({ context, baseURL, allowed }, use, info) => {
      const faults = watch(context, baseURL as string, allowed)
      await use(undefined)
      if (info.status !== info.expectedStatus) await attachPictures(context, info)
      expect(faults, 'console errors, exceptions and foreign requests').toEqual([])
    },
    { auto: true },
  ],
  text: async ({ page, query }, use) => use(new TextPage(page, query)),
  vision: async ({ page, query }, use) => use(new VisionPage(page, query)),
  generate: async ({ page, query }, use) => use(new GeneratePage(page, query)),
  seq2seq: async ({ page, query }, use) => use(new Seq2SeqPage(page, query)),
  detect: async ({ page, query }, use) => use(new DetectPage(page, query)),
  memory: async ({ page, query }, use) => use(new MemoryPage(page, query)),
  tasks: async ({ page, query }, use) => use(new TasksPage(page, query)),
  portfolio: async ({ page, query }, use) => use(new PortfolioPage(page, query)),
  batch: async ({ page, query }, use) => use(new BatchPage(page, query)),
  masks: async ({ page, query }, use) => use(new MasksPage(page, query)),
  tokenizers: async ({ page, query }, use) => use(new TokenizersPage(page, query)),
})

/** What the test runner itself says where it keeps the page from keeping anything (playwright.config.ts). */
const WITHOUT_SERVICE_WORKER = 'Service Worker registration blocked by Playwright'

/** What the pages of a test that failed showed. The runner's own way takes a picture of every page that is closed. */
async function attachPictures(context: BrowserContext, info: TestInfo): Promise<void> {
  for (const [at, page] of context.pages().entries()) {
    await info.attach(`page ${at + 1}`, { body: await page.screenshot(), contentType: 'image/png' })
  }
}

/** Collects, from now on, what no page of ours may do. */
export function watch(context: BrowserContext, baseURL: string, allowed: readonly RegExp[] = []): string[] {
  const faults: string[] = []
  const { origin } = new URL(baseURL)
  context.on('console', (message) => {
    const text = message.text()
    if (text === WITHOUT_SERVICE_WORKER) return
    const loud = message.type() === 'error' || message.type() === 'warning'
    if (loud && !allowed.some((pattern) => pattern.test(text)))
      faults.push(`${message.type()}: ${text} (${message.location().url})`)
  })
  context.on('weberror', (error) => faults.push(`exception: ${error.error().stack ?? error.error().message}`))
  context.on('request', (request) => {
    const url = new URL(request.url())
    const foreign = url.origin !== origin && !['data:', 'blob:'].includes(url.protocol)
    if (foreign && !allowed.some((pattern) => pattern.test(url.href))) faults.push(`request: ${url}`)
  })
  return faults
}
