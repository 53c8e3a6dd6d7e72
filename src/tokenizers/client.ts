/** The page's side of a worker that trains or reads: one call at a time, each with its limit, and a way to stop what runs. */

import { ClsroomError } from '../core/errors.ts'
import { unfetched } from '../core/fetch_part.ts'
import type { CallName, Calls, Reply, Request } from './protocol.ts'

/** A hostile pattern is ended within this time, on a text of usual length. */
const READ_MS = 2000
/** A longer text has more time by the letter: an honest one of 100,000 takes a slow machine a second. */
const USUAL_LETTERS = 10_000
const LETTER_MS = 0.01
const LIMITS_MS: Readonly<Record<Exclude<CallName, 'read'>, number>> = {
  train: Number.POSITIVE_INFINITY, // a person sees how far it is, and stops it
  open: 20_000,
  close: READ_MS,
  coverage: 60_000,
  lattice: 10_000,
  dropout: 20_000,
  unknowns: 20_000,
}

interface Pending {
  id: number
  resolve(result: never): void
  reject(error: ClsroomError): void
  onProgress?: (done: number, total: number) => void
  timer?: ReturnType<typeof setTimeout>
}

export class TokenizerWorker {
  readonly #opened = new Map<string, Calls['open']['args']>()
  #worker: Worker | null = null
  #pending: Pending | null = null
  #last: Promise<unknown> = Promise.resolve()
  #nextId = 0

  /**
   * @throws ClsroomError as the worker's rooms do, `tokenizer` when the time limit passes, `input` when it was stopped
   */
  async call<Name extends CallName>(
    call: Name,
    args: Calls[Name]['args'],
    onProgress?: (done: number, total: number) => void,
  ): Promise<Calls[Name]['result']> {
    const turn = this.#last.then(() => this.#send(call, args, onProgress))
    this.#last = turn.catch(() => {})
    const result = await turn
    if (call === 'open') this.#opened.set((args as Calls['open']['args']).column, args as Calls['open']['args'])
    if (call === 'close') this.#opened.delete((args as Calls['close']['args']).column)
    return result
  }

  /** Ends what runs; the next call begins anew. */
  stop(): void {
    this.#end(new ClsroomError('input', 'The training was stopped', { advice: 'Train again when you like' }))
  }

  async #send<Name extends CallName>(
    call: Name,
    args: Calls[Name]['args'],
    onProgress?: (done: number, total: number) => void,
  ): Promise<Calls[Name]['result']> {
    if (!this.#worker) {
      this.#worker = this.#open()
      // One that does not open again is told by the call that needs it.
      for (const known of this.#opened.values()) await this.#ask('open', known).catch(() => {})
    }
    return this.#ask(call, args, onProgress)
  }

  #ask<Name extends CallName>(
    call: Name,
    args: Calls[Name]['args'],
    onProgress?: (done: number, total: number) => void,
  ): Promise<Calls[Name]['result']> {
    const id = this.#nextId++
    const limit = limitOf(call, args)
    return new Promise((resolve, reject) => {
      const timer = Number.isFinite(limit) ? setTimeout(() => this.#end(tooLong(limit)), limit) : undefined
      this.#pending = { id, resolve, reject, onProgress, timer }
      this.#worker?.postMessage({ id, call, args } as Request)
    })
  }

  #open(): Worker {
    const worker = new Worker(new URL('./tokenizers_worker.ts', import.meta.url), {
      type: 'module',
      name: 'tokenizers',
    })
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#receive(data)
    worker.onerror = ({ message }) => {
      if (worker === this.#worker) this.#end(message ? crashed(message) : unfetched())
    }
    return worker
  }

  #receive(reply: Reply): void {
    const pending = this.#pending
    if (!pending || pending.id !== reply.id) return
    if ('progress' in reply) {
      pending.onProgress?.(reply.progress.done, reply.progress.total)
      return
    }
    clearTimeout(pending.timer)
    this.#pending = null
    if ('error' in reply) pending.reject(ClsroomError.fromReport(reply.error))
    else pending.resolve(reply.result as never)
  }

  #end(error: ClsroomError): void {
    this.#worker?.terminate()
    this.#worker = null
    const pending = this.#pending
    this.#pending = null
    clearTimeout(pending?.timer)
    pending?.reject(error)
  }
}

function limitOf(call: CallName, args: Calls[CallName]['args']): number {
  if (call !== 'read') return LIMITS_MS[call]
  const { text } = args as Calls['read']['args']
  return READ_MS + LETTER_MS * Math.max(0, text.length - USUAL_LETTERS)
}

function tooLong(limit: number): ClsroomError {
  return new ClsroomError('tokenizer', 'Reading took too long and was stopped', {
    found: `more than ${limit / 1000} s`,
    advice: 'Use a shorter text, or another tokenizer.json',
  })
}

function crashed(found: string): ClsroomError {
  return new ClsroomError('internal', 'The tokenizers stopped', { found, advice: 'Try again' })
}
