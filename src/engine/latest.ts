/**
 * Edits coalesce: while one run is under way, only the newest request waits, and a run that a newer request has overtaken
 * is never delivered.
 */
export interface Latest<Request> {
  /** Asks for a run; one that is still waiting is dropped. */
  request(request: Request): void
  /** Resolves once nothing is running or waiting. */
  idle(): Promise<void>
}

/** @param run one of several steps can stop early where `overtaken()` says that its result is not wanted any more */
export function latest<Request, Result>(
  run: (request: Request, overtaken: () => boolean) => Promise<Result>,
  deliver: (result: Result, request: Request) => void,
  fail: (error: unknown, request: Request) => void,
): Latest<Request> {
  let waiting: { request: Request } | undefined
  let loop: Promise<void> | undefined

  async function drain(): Promise<void> {
    while (waiting) {
      const { request } = waiting
      waiting = undefined
      try {
        const result = await run(request, () => waiting !== undefined)
        if (!waiting) deliver(result, request)
      } catch (error) {
        if (!waiting) fail(error, request)
      }
    }
    loop = undefined
  }

  return {
    request(request) {
      waiting = { request }
      loop ??= drain()
    },
    async idle() {
      while (loop) await loop
    },
  }
}
