/**
 * Edits coalesce: while one run is under way, only the newest request waits, and a run that a newer request has overtaken
 * is not delivered, unless nothing has been for too long.
 */
export interface Latest<Request> {
  /** Asks for a run; one that is still waiting is dropped. */
  request(request: Request): void
  /** Resolves once nothing is running or waiting. */
  idle(): Promise<void>
}

export interface LatestOptions {
  /**
   * Milliseconds that may pass without a delivery while requests keep coming: the run that ends nearest before is delivered
   * although it was overtaken. Never, by default.
   */
  atLeastEvery?: number
}

/** @param run one of several steps can stop early where `overtaken()` says that its result is not wanted any more */
export function latest<Request, Result>(
  run: (request: Request, overtaken: () => boolean) => Promise<Result>,
  deliver: (result: Result, request: Request) => void,
  fail: (error: unknown, request: Request) => void,
  { atLeastEvery = Number.POSITIVE_INFINITY }: LatestOptions = {},
): Latest<Request> {
  let waiting: { request: Request } | undefined
  let loop: Promise<void> | undefined

  async function drain(): Promise<void> {
    let delivered = performance.now()
    while (waiting) {
      const { request } = waiting
      const began = performance.now()
      waiting = undefined
      try {
        const result = await run(request, () => waiting !== undefined)
        const now = performance.now()
        // The next one is expected to take as long.
        const overdue = now - delivered + (now - began) > atLeastEvery
        if (!waiting || overdue) {
          deliver(result, request)
          delivered = now
        }
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
