/**
 * Typed errors. Every error a person can meet says what was found, what was expected and what to do next;
 * `code` is what the interface and the tests switch on.
 */

export type ErrorCode =
  | 'shape' // tensors or parameters that do not fit together
  | 'input' // a sequence, mask or picture the model cannot run
  | 'config' // config.json or preprocessor_config.json is not what a supported model has
  | 'safetensors' // a weight file that is corrupt
  | 'unsupported' // well-formed, but outside what CLSroom runs
  | 'tokenizer'
  | 'image'
  | 'fetch' // a file could not be read or downloaded
  | 'shader' // WGSL that did not compile
  | 'device' // no adapter, a lost device, out of GPU memory
  | 'state' // a permalink that cannot be read
  | 'internal' // a bug of ours: the message says where

/** What crosses a worker boundary: an error as plain data. */
export interface ErrorReport {
  code: ErrorCode
  message: string
  found?: string
  expected?: string
  advice?: string
}

export class ClsroomError extends Error {
  readonly code: ErrorCode
  readonly found?: string
  readonly expected?: string
  readonly advice?: string

  /**
   * @param what one sentence: what went wrong
   * @param details what was found, what was expected, and what the reader can do about it
   */
  constructor(
    code: ErrorCode,
    what: string,
    details: { found?: string; expected?: string; advice?: string; cause?: unknown } = {},
  ) {
    const [found, expected] = [shortened(details.found), shortened(details.expected)]
    super(sentence(shortened(what), { ...details, found, expected }), { cause: details.cause })
    this.name = 'ClsroomError'
    this.code = code
    this.found = found
    this.expected = expected
    this.advice = details.advice
  }

  /** The error as plain data, to post across a worker boundary. */
  report(): ErrorReport {
    const { code, message, found, expected, advice } = this
    return { code, message, found, expected, advice }
  }

  static fromReport(report: ErrorReport): ClsroomError {
    const error = new ClsroomError(report.code, report.message)
    return Object.assign(error, { found: report.found, expected: report.expected, advice: report.advice })
  }
}

/** Any thrown value as a report; what is not ours becomes `internal`. */
export function reportOf(thrown: unknown): ErrorReport {
  if (thrown instanceof ClsroomError) return thrown.report()
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) }
}

/** What is quoted from a file may be a megabyte. */
const MAX_QUOTED = 500

function shortened<Text extends string | undefined>(text: Text): Text | string {
  return text !== undefined && text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text
}

function sentence(what: string, details: { found?: string; expected?: string; advice?: string }): string {
  const parts = [what.replace(/\.$/, '')]
  if (details.found) parts.push(`found ${details.found}`)
  if (details.expected) parts.push(`expected ${details.expected}`)
  const body = parts.length === 1 ? `${parts[0]}.` : `${parts[0]}: ${parts.slice(1).join('; ')}.`
  return details.advice ? `${body} ${details.advice.replace(/\.$/, '')}.` : body
}
