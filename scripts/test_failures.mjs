/** What failed, as the JSON reports of Vitest and Playwright have it. */

import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** Enough for an assertion with its place; the whole of it stands above, where the test ran. */
const LINES = 12

/** @returns name and message of each test that failed, and of each file that could not be run */
export function vitestFailures({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && failed.length === 0) return [failure(file, message)]
    return failed.map((test) => failure(`${file} › ${test.fullName}`, test.failureMessages.join('\n')))
  })
}

/** @returns name and message of each test that failed, and of errors outside of tests */
export function playwrightFailures({ suites, errors }) {
  const outside = errors.map(({ message }) => failure('outside of tests', message))
  return [...suites.flatMap((suite) => specsThatWere('unexpected', suite)), ...outside]
}

/** @returns name and first message of each test that passed only when it was repeated */
export function playwrightFlaky({ suites }) {
  return suites.flatMap((suite) => specsThatWere('flaky', suite))
}

/** @param titles of the suites around this one: the file first */
function specsThatWere(wanted, { title, specs = [], suites = [] }, titles = []) {
  const path = [...titles, title]
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === wanted)
      .map(({ results }) => {
        const messages = results.flatMap(({ errors }) => errors.map(({ message }) => message))
        return failure([...path, title].join(' › '), messages.join('\n'))
      }),
  )
  return [...own, ...suites.flatMap((suite) => specsThatWere(wanted, suite, path))]
}

function failure(name, message = '') {
  const lines = stripVTControlCharacters(message).trimEnd().split('\n')
  return {
    name,
    message: lines
      .slice(0, LINES)
      .map((line) => `  ${line}`)
      .join('\n'),
  }
}
