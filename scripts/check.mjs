/**
 * `npm run check`: types, lint and format, import rule and cycles, dead code, the first load's budget; all complaints at once. Types
 * run beside the others, which follow one another, so that two cores are enough.
 */

import { spawn } from 'node:child_process'

/** TypeScript 7 is native, and takes a quarter of the time; 6 stays for the tools below, which ask its API. */
const TYPES = { types: ['node', 'node_modules/typescript-7/bin/tsc', '--noEmit', '-p', '.'] }
const OTHERS = {
  'lint and format': ['npx', 'biome', 'check', '--error-on-warnings', '.'],
  'import rule': ['npx', 'depcruise', 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
  'dead code': ['npx', 'knip', '--no-progress'],
  'first load': ['node', 'scripts/budget.mjs'],
}

const failed = (await Promise.all([TYPES, OTHERS].map(inTurn))).flat()
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}`)
  process.exit(1)
}

/** @returns the names of the checks that failed */
async function inTurn(checks) {
  const failures = []
  for (const check of Object.entries(checks)) failures.push(await run(check))
  return failures.filter((name) => name !== null)
}

/** @returns the name of a check that failed, or null */
function run([name, [program, ...words]]) {
  return new Promise((resolve) => {
    const started = performance.now()
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (data) => (output += data))
    child.stderr.on('data', (data) => (output += data))
    child.on('close', (status) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
      if (status !== 0 || name === 'first load') console.log(output.trimEnd())
      resolve(status === 0 ? null : name)
    })
  })
}
