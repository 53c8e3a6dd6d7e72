/** Asks the second engine once. */

import { ClsroomError } from '../../../core/errors.ts'
import { unfetched } from '../../../core/fetch_part.ts'
import type { Opinion, OpinionReply, OpinionRequest } from './protocol.ts'

/**
 * Starts a worker, which fetches engine and graph, and ends it with the answer.
 * @param signal ends it before
 * @throws ClsroomError whatever went wrong in the worker
 */
export function askSecond(request: OpinionRequest, signal: AbortSignal): Promise<Opinion> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Opinion>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new ClsroomError('state', 'The second opinion was stopped')))
    worker.onmessage = ({ data }: MessageEvent<OpinionReply>) => {
      if (data.type === 'result') resolve(data.result)
      else reject(ClsroomError.fromReport(data.error))
    }
    // A script that cannot be fetched gives no reason.
    worker.onerror = ({ message: found }) =>
      reject(found ? new ClsroomError('internal', 'The second engine stopped', { found }) : unfetched())
    worker.postMessage(request)
  }).finally(() => worker.terminate())
}
