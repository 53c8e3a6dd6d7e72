/**
 * Three projects. `unit` is plain Node. The kernel tests run twice, from the same files: `kernels-dawn` under Dawn in
 * Node (the npm package `webgpu`; scripts/test.mjs points it to a Vulkan driver), `kernels-chromium` in a headless browser.
 */

import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { assemblyscript } from './scripts/assemblyscript.mjs'
import { QUIET, SOFTWARE_GPU } from './scripts/chromium_flags.mjs'

/** Tests that need a GPU adapter: the kernels' own, and whole models. */
const KERNEL_TESTS = ['src/kernels/**/*.test.ts', 'src/**/*.gpu.test.ts']

export default defineConfig({
  plugins: [assemblyscript()],
  test: {
    pool: 'forks',
    // As many as there are cores: the usual one fewer leaves half of a small machine idle.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: KERNEL_TESTS,
          // Sooner there than processes, which Dawn needs.
          pool: 'threads',
          // What one file has imported, the next need not: a third of the time. Each leaves everything as it found it.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'kernels-dawn',
          environment: 'node',
          include: KERNEL_TESTS,
          setupFiles: ['src/kernels/testing/dawn.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'kernels-chromium',
          include: KERNEL_TESTS,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: [...QUIET, ...SOFTWARE_GPU] },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
