/**
 * End-to-end tests: the built page, served as it is deployed, in a real Chromium. What is about the GPU lies in `e2e/gpu` and
 * runs on Chromium's software GPU; everything else computes in WASM, which is many times faster than a software GPU.
 * `npm test e2e` builds and runs them all; `CHROMIUM_PATH=… npx playwright test e2e/vision.spec.ts` runs some on the last
 * build, and `E2E_URL=https://…/` on a page that is served already.
 */

import { defineConfig } from '@playwright/test'
import type { Fixtures } from './e2e/test.ts'
import { QUIET, SOFTWARE_GPU } from './scripts/chromium_flags.mjs'

const PORT = 4187
const elsewhere = process.env.E2E_URL

const executablePath = process.env.CHROMIUM_PATH
/** Without windows a page costs half as much: pages that ask no GPU have no need of them. */
const withoutWindows = process.env.CHROMIUM_SHELL_PATH ?? executablePath

export default defineConfig<Fixtures>({
  testDir: 'e2e',
  // One set, whatever system they are compared on.
  snapshotPathTemplate: '{testDir}/gpu/snapshots/{arg}{ext}',
  // A software GPU compiles a pipeline in seconds and shares the processor with the page: waits are generous, and no test
  // asserts a time.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  workers: 2,
  forbidOnly: true,
  // A test that passes only when it is repeated is told by name at the end of `npm test`: it is looked into, and stops nobody.
  retries: 1,
  reporter: 'list',
  use: {
    baseURL: elsewhere ?? `http://localhost:${PORT}/`,
    viewport: { width: 1440, height: 900 },
    // Each test opens a browser of its own: what the page keeps for later would be fetched every time. offline.spec.ts lets it.
    serviceWorkers: 'block',
    // Transitions would be caught half-way by the contrast checks.
    contextOptions: { reducedMotion: 'reduce' },
  },
  projects: [
    {
      name: 'page',
      testIgnore: 'gpu/**',
      use: { query: '?backend=wasm', launchOptions: { executablePath: withoutWindows, args: QUIET } },
    },
    {
      name: 'gpu',
      testMatch: 'gpu/**/*.spec.ts',
      // One at a time: a software GPU takes all cores there are.
      workers: 1,
      use: { launchOptions: { executablePath, args: [...QUIET, ...SOFTWARE_GPU] } },
    },
  ],
  webServer: elsewhere
    ? undefined
    : { command: `npx vite preview --port ${PORT} --strictPort`, url: `http://localhost:${PORT}/`, timeout: 60_000 },
})
