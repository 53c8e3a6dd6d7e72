/** What a maintainer asks first, as Markdown: pure, in English in every language of the page, and with nothing of what the reader typed or dropped. */

import type { ErrorReport } from '../../core/errors.ts'
import type { BackendFacts, EngineStatus } from '../../engine/protocol.ts'
import type { EngineState } from '../../state/engine.ts'
import type { Storage } from '../offline.ts'

export interface ReportFacts {
  version: string
  commit: string | null
  /** When it was written. */
  at: number
  lab: string
  /** The id of an embedded model; of any other null, since a name may be personal. */
  model: string | null
  /** Where the reader wants it in: it holds the text or the photo. */
  link: string | null
  userAgent: string
  /** Of the page, and those that the browser asks for. */
  language: string
  languages: readonly string[]
  window: { width: number; height: number; pixelRatio: number }
  engine: BackendFacts
  status: EngineStatus
  /** null: this browser does not tell. */
  storage: Storage | null
  told: EngineState['told']
}

export function reportText(facts: ReportFacts): string {
  const { engine } = facts
  return [
    '## CLSroom: report',
    table([
      ['page', `${facts.version}${facts.commit ? ` (${facts.commit})` : ''}`],
      ['written', time(facts.at)],
      ['lab', facts.lab],
      ['model', facts.model ?? 'none of the page’s'],
      ['link', facts.link ?? 'left out'],
      ['browser', facts.userAgent],
      ['language', `${facts.language} of ${facts.languages.join(', ')}`],
      ['window', `${facts.window.width} × ${facts.window.height}, ${facts.window.pixelRatio} device pixels each`],
      ['storage', storageText(facts.storage)],
    ]),
    '### Backend',
    table([
      ['kind', engine.backend.kind],
      ['adapter', engine.backend.adapter],
      ['software', yes(engine.backend.software)],
      ['lifecycle', facts.status.lifecycle],
      ...(facts.status.waitsFor ? [['stands in for', facts.status.waitsFor] as const] : []),
    ]),
    ...gpuText(engine),
    '### Devices that were lost',
    list(
      engine.losses.map(
        ({ at, why, goesOn }) => `${time(at)}: ${why || 'no reason given'}; went on on ${goesOn ?? 'nothing yet'}`,
      ),
    ),
    '### Last errors of the engine',
    list(facts.told.map(({ at, error }) => `${time(at)}: ${errorText(error, facts.link !== null)}`)),
  ].join('\n\n')
}

function gpuText({ backend, gpu }: BackendFacts): string[] {
  if (!gpu) return [`No GPU was opened: ${backend.kind} has no limits to report.`]
  return [
    ...(backend.kind === 'webgpu' ? [] : [`The engine runs on ${backend.kind} now; this is the GPU that it had.`]),
    table([
      ['vendor', gpu.vendor],
      ['architecture', gpu.architecture],
      ['device', gpu.device],
      ['description', gpu.description],
      ['runs on the CPU', yes(gpu.software)],
      ['features of the adapter', gpu.features.has.join(', ') || 'none'],
      ['features that were given', gpu.features.given.join(', ') || 'none'],
    ]),
    [
      '| limit | adapter | asked | given |',
      '| --- | --- | --- | --- |',
      ...gpu.limits.map(({ name, has, asked, given }) => `| ${name} | ${has} | ${asked ?? 'default'} | ${given} |`),
    ].join('\n'),
  ]
}

/** The words of the GPU are its own; what any other error found may be the reader's: a name, a text. */
function errorText({ code, message, found }: ErrorReport, isPersonalWanted: boolean): string {
  const isPublic = code === 'device' || code === 'shader' || isPersonalWanted
  return `${code}: ${isPublic || !found ? message : message.replaceAll(found, '…')}`
}

function storageText(storage: Storage | null): string {
  if (!storage) return 'the browser does not tell'
  const { usage, quota, persisted } = storage
  return `${megabytes(usage)} of ${megabytes(quota)} MB, ${persisted ? 'kept' : 'may be cleared by the browser'}`
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6)
const yes = (value: boolean) => (value ? 'yes' : 'no')
const time = (at: number) => new Date(at).toISOString()

function table(rows: readonly (readonly [name: string, value: string])[]): string {
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${cell(value)} |`)].join('\n')
}

/** A line of its own, whatever it holds. */
function cell(value: string): string {
  return value.replace(/\s+/g, ' ').replaceAll('|', '\\|') || '–'
}

function list(items: readonly string[]): string {
  return items.length > 0 ? items.map((item) => `- ${item.replace(/\s+/g, ' ')}`).join('\n') : 'none'
}
