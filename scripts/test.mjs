/**
 * Runs all tests, or the parts named: `npm test`, `npm test unit`, `npm test kernels`, `npm test e2e`.
 *   unit      pure functions, loaders, state                      (Node)
 *   kernels   every WGSL kernel and whole models                  (Dawn in Node, and again in Chromium)
 *   e2e       the built page                                      (Playwright in Chromium)
 * GPU tests are never skipped: without Chromium or a WebGPU adapter the run fails and says so.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium, findHeadlessShell, softwareVulkan } from './chromium.mjs'

const PARTS = ['unit', 'kernels', 'e2e']
const parts = process.argv.slice(2).length > 0 ? process.argv.slice(2) : PARTS
const unknown = parts.filter((part) => !PARTS.includes(part))
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join(', ')}"; the parts are ${PARTS.join(', ')}.`)
  process.exit(1)
}

const chromium = findChromium()
const shell = findHeadlessShell(chromium)
const env = { ...process.env, ...softwareVulkan(chromium), CHROMIUM_PATH: chromium }
const reports = mkdtempSync(join(tmpdir(), 'clsroom-tests-'))
const total = { passed: 0, failed: 0 }

if (parts.includes('unit')) vitest('unit', ['unit'])
if (parts.includes('kernels')) vitest('kernels', ['kernels-dawn', 'kernels-chromium'])
if (parts.includes('e2e')) endToEnd()

console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)

function vitest(name, projects) {
  const report = join(reports, `${name}.json`)
  const chosen = projects.flatMap((project) => ['--project', project])
  const status = run(['vitest', 'run', ...chosen, '--reporter=default', '--reporter=json', `--outputFile=${report}`])
  const { numPassedTests, numFailedTests } = readReport(report) ?? { numPassedTests: 0, numFailedTests: 0 }
  count(numPassedTests, numFailedTests, status)
}

function endToEnd() {
  const built = run(['vite', 'build', '--logLevel', 'warn'])
  if (built !== 0) return count(0, 0, built)
  const report = join(reports, 'e2e.json')
  const status = run(['playwright', 'test', '--reporter=list,json'], {
    CHROMIUM_SHELL_PATH: shell,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  const { expected, unexpected, flaky } = readReport(report)?.stats ?? { expected: 0, unexpected: 0, flaky: 0 }
  count(expected, unexpected + flaky, status)
}

function run(command, extra = {}) {
  return spawnSync('npx', command, { stdio: 'inherit', env: { ...env, ...extra } }).status ?? 1
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined // the runner ended before it could write one; its exit status counts as a failure
  }
}

function count(passed, failed, status) {
  total.passed += passed
  total.failed += failed
  if (status !== 0 && failed === 0) total.failed += 1
}
