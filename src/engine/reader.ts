/** The page's side of the reading worker: every call has a time limit, and a worker that overruns it is ended and replaced. */

import { ClsroomError } from '../core/errors.ts'
import { unfetched } from '../core/fetch_part.ts'
import type { ReaderCallName, ReaderCalls, ReaderReply } from './reader_protocol.ts'

/** A hostile regular expression takes a tokenizer minutes; an honest text of 100,000 characters takes it under a second. */
const TIME_LIMIT_MS = { tokenizer: 20_000, pieces: 8_000, picture: 20_000 }

interface Pending {
  resolve(result: never): void
  reject(error: ClsroomError): void
  timer: ReturnType<typeof setTimeout>
}

export class Reader {
  private readonly tokenizers = new Map<string, ReaderCalls['tokenizer']['args']>()
  private readonly pending = new Map<number, Pending>()
  private nextId = 0
  private worker: Worker | null = this.open()

  /** @throws ClsroomError as the loaders do, or `tokenizer` / `image` when the time limit passes */
  async call<Name extends ReaderCallName>(
    call: Name,
    args: ReaderCalls[Name]['args'],
  ): Promise<ReaderCalls[Name]['result']> {
    const result = await this.send(call, args)
    if (call === 'tokenizer') {
      const tokenizer = args as ReaderCalls['tokenizer']['args']
      this.tokenizers.set(tokenizer.model, tokenizer)
    }
    return result
  }

  private send<Name extends ReaderCallName>(
    call: Name,
    args: ReaderCalls[Name]['args'],
  ): Promise<ReaderCalls[Name]['result']> {
    const id = this.nextId++
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.overrun(call), TIME_LIMIT_MS[call])
      this.pending.set(id, { resolve, reject, timer })
      this.opened().postMessage({ id, call, args })
    })
  }

  /** The worker, with the tokenizers that the one before it had. */
  private opened(): Worker {
    if (this.worker) return this.worker
    this.worker = this.open()
    // One that does not open again is told by the call that needs it.
    for (const args of this.tokenizers.values()) void this.send('tokenizer', args).catch(() => {})
    return this.worker
  }

  private open(): Worker {
    const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module', name: 'reader' })
    worker.onmessage = ({ data }: MessageEvent<ReaderReply>) => this.receive(data)
    worker.onerror = ({ message }) => this.end(worker, message ? crashed(message) : unfetched())
    return worker
  }

  private receive(reply: ReaderReply): void {
    const pending = this.pending.get(reply.id)
    if (!pending) return
    this.pending.delete(reply.id)
    clearTimeout(pending.timer)
    if ('error' in reply) pending.reject(ClsroomError.fromReport(reply.error))
    else pending.resolve(reply.result as never)
  }

  private overrun(call: ReaderCallName): void {
    const error = new ClsroomError(
      call === 'picture' ? 'image' : 'tokenizer',
      'Reading took too long and was stopped',
      {
        found: `more than ${TIME_LIMIT_MS[call] / 1000} s`,
        advice: call === 'picture' ? 'Use a smaller picture' : 'Use a shorter text, or another tokenizer.json',
      },
    )
    if (this.worker) this.end(this.worker, error)
  }

  /** Ends a worker and fails what it was doing; the next call opens another. */
  private end(worker: Worker, error: ClsroomError): void {
    worker.terminate()
    if (worker !== this.worker) return
    this.worker = null
    for (const { reject, timer } of this.pending.values()) {
      clearTimeout(timer)
      reject(error)
    }
    this.pending.clear()
  }
}

function crashed(found: string): ClsroomError {
  return new ClsroomError('internal', 'The reader stopped', { found, advice: 'Try again' })
}
