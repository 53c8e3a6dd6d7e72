/** Parts of the page that are fetched when they are used: a failed fetch is a typed error, and asking again really asks again. */

import { ClsroomError } from './errors.ts'

/** Where the browser says which module it could not fetch. */
const MODULE = /https?:\/\/\S+?\.js\b/
/** What a service that is back is asked with: a browser may keep a module's failure under its address for as long as the page lives. */
let times = 0

/**
 * @param load one `import()`, nothing more: where its failure is kept by the browser, the module is asked for by another address
 * @throws ClsroomError `fetch` where it cannot be had: offline, or after a new version was put up
 */
export async function fetchPart<Part extends object>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load()
  } catch (cause) {
    const address = MODULE.exec(String(cause))?.[0]
    const again = address && (await importAgain<Part>(address))
    if (again) return again
    throw unfetched(cause)
  }
}

/** Also why a worker has an error without a message: its script could not be fetched. */
export function unfetched(cause?: unknown): ClsroomError {
  return new ClsroomError('fetch', 'A part of the page could not be fetched', {
    advice: 'Try again when you are online; after an update of the page, reload it',
    cause,
  })
}

async function importAgain<Part>(address: string): Promise<Part | null> {
  try {
    return await import(/* @vite-ignore */ `${address}?again=${++times}`)
  } catch {
    return null // the first failure is the one that is told
  }
}
