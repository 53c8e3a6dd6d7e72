/** The page's side of the reading worker: every call has a time limit, and a worker that overruns it is ended and replaced. */

import { ClsroomError } from '../core/errors.ts'
import type { ReaderCallName, ReaderCalls, ReaderReply } from './reader_protocol.ts'

/** A hostile regular expression takes a tokenizer minutes; an honest text of 100,000 characters takes it under a second. */
const TIME_LIMIT_MS = { tokenizer: 20_000, pieces: 8_000, picture: 20_000 }

interface Pending {
  resolve(result: never): void
  reject(error: ClsroomError): void
  timer: ReturnType<typeof setTimeout>
}

export class Reader {
  private worker = this.open()
  private readonly tokenizers = new Map<string, ReaderCalls['tokenizer']['args']>()
  private readonly pending = new Map<number, Pending>()
  private nextId = 0

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
      const timer = setTimeout(() => this.restart(call), TIME_LIMIT_MS[call])
      this.pending.set(id, { resolve, reject, timer })
      this.worker.postMessage({ id, call, args })
    })
  }

  private open(): Worker {
    const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module', name: 'reader' })
    worker.onmessage = ({ data }: MessageEvent<ReaderReply>) => this.receive(data)
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

  /** Ends the worker, fails what it was doing, and opens the tokenizers again in a new one. */
  private restart(call: ReaderCallName): void {
    this.worker.terminate()
    this.worker = this.open()
    const error = new ClsroomError(
      call === 'picture' ? 'image' : 'tokenizer',
      'Reading took too long and was stopped',
      {
        found: `more than ${TIME_LIMIT_MS[call] / 1000} s`,
        advice: call === 'picture' ? 'Use a smaller picture' : 'Use a shorter text, or another tokenizer.json',
      },
    )
    for (const { reject, timer } of this.pending.values()) {
      clearTimeout(timer)
      reject(error)
    }
    this.pending.clear()
    for (const args of this.tokenizers.values()) void this.send('tokenizer', args)
  }
}
