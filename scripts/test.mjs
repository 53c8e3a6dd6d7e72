/**
 * Runs all tests, or the parts named: `npm test`, `npm test unit`, `npm test kernels`, `npm test e2e`.
 *   unit      pure functions, loaders, state                      (Node)
 *   kernels   every WGSL kernel and whole models                  (Dawn in Node, and again in Chromium)
 *   e2e       the built page                                      (Playwright in Chromium)
 * GPU tests are never skipped: without Chromium or a WebGPU adapter the run fails and says so. What failed is told again at the
 * end, where whoever reads only the last lines of a log finds it, and so is what passed only when it was repeated.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium, findHeadlessShell, softwareVulkan } from './chromium.mjs'
import { playwrightFailures, playwrightFlaky, vitestFailures } from './test_failures.mjs'

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
/** Name and message of each test that failed. */
const failures = []
/** The same of each that passed only when it was repeated. */
const flaky = []

if (parts.includes('unit')) vitest('unit', ['unit'])
if (parts.includes('kernels')) vitest('kernels', ['kernels-dawn', 'kernels-chromium'])
if (parts.includes('e2e')) endToEnd()

for (const { name, message } of flaky) console.log(`\n~ ${name}: passed when it was repeated\n${message}`)
for (const { name, message } of failures) console.log(`\n✗ ${name}\n${message}`)
const repeated = flaky.length > 0 ? ` (${flaky.length} when repeated)` : ''
console.log(`\n${total.passed} passed${repeated}, ${total.failed} failed`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)

function vitest(name, projects) {
  const report = join(reports, `${name}.json`)
  const chosen = projects.flatMap((project) => ['--project', project])
  const status = run(['vitest', 'run', ...chosen, '--reporter=default', '--reporter=json', `--outputFile=${report}`])
  const found = readReport(report)
  count(name, found?.numPassedTests ?? 0, found ? vitestFailures(found) : [], status)
}

function endToEnd() {
  const built = run(['vite', 'build', '--logLevel', 'warn'])
  if (built !== 0) return count('vite build', 0, [], built)
  const report = join(reports, 'e2e.json')
  const status = run(['playwright', 'test', '--reporter=list,json'], {
    CHROMIUM_SHELL_PATH: shell,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  const found = readReport(report)
  if (found) flaky.push(...playwrightFlaky(found))
  const passed = found ? found.stats.expected + found.stats.flaky : 0
  count('e2e', passed, found ? playwrightFailures(found) : [], status)
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

/** A part that ended badly without naming a test, in its own name. */
function count(part, passed, failed, status) {
  const told = status !== 0 && failed.length === 0 ? [{ name: part, message: `ended with status ${status}` }] : failed
  failures.push(...told)
  total.passed += passed
  total.failed += told.length
}
