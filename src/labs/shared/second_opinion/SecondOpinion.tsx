import { useEffect, useRef } from 'react'
import type { BackendKind } from '../../../core/ops.ts'
import type { NDArray } from '../../../core/shapes.ts'
import type { LoadedModel, SoleRequest } from '../../../engine/protocol.ts'
import type { Engine } from '../../../state/engine.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { ErrorBanner } from '../../../views/shell/Banner.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatBytes, formatMs } from '../../../viz/format.ts'
import { useJob } from '../useJob.ts'
import { useLab } from '../useLab.ts'
import { type Comparison, compareEngines } from './compare.ts'
import { bestOfRows, type HeadDifference } from './differences.ts'
import { notFollowed } from './followed.ts'
import { RUNS } from './protocol.ts'
import { t } from './words/words.ts'

const BACKENDS: Readonly<Record<BackendKind, string>> = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' }

export interface SecondOpinionProps {
  engine: Engine
  model: LoadedModel
  /** The shown run. */
  run: object
  /** What it asked, of all rows. */
  request: SoleRequest
  /** T. */
  tokens: number
  /** Names of a head's classes. */
  names: (head: string) => readonly string[] | undefined
  /** The answer of a head whose logits are no classes; undefined: they are. */
  answer?: (head: string, logits: NDArray) => string | undefined
  /** The question that a head answers. */
  title: (head: string) => string
  /** Of a head that answers for every row, the rows whose answers are shown. */
  rows: (head: string) => readonly number[]
}

/** The shown run through a second engine, on a button. */
export function SecondOpinion(props: SecondOpinionProps) {
  const { engine, model, run, request, tokens } = props
  const asked = useRef(new AbortController())
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run leaves the question behind
  useEffect(() => () => asked.current.abort(), [run])
  const job = useJob<Comparison>(() => {
    asked.current = new AbortController()
    return compareEngines(engine, model, request, tokens, asked.current.signal)
  }, run)
  const { backend } = useLab(engine.store).status
  const reasons = notFollowed(request, tokens, model.info)
  const running = job.status === 'running'
  return (
    <Panel help={null} title={t('title')} lead={t('lead')} testId="second-opinion">
      {reasons.length > 0 ? (
        <div data-testid="not-followed">
          <p>{t('cannot')}</p>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{t(`not.${reason}`)}</li>
            ))}
          </ul>
        </div>
      ) : (
        <>
          <div className="row">
            <Button look="main" disabled={running} onClick={job.start} data-testid="ask-second">
              {job.status === 'idle' || running ? t('ask') : t('again')}
            </Button>
            <span className="hint">{running ? t('asking') : t('ask.hint')}</span>
          </div>
          {job.problem && <ErrorBanner error={job.problem} />}
          {job.result && <Answers {...props} {...job.result} backend={backend.kind} />}
        </>
      )}
    </Panel>
  )
}

function Answers(props: SecondOpinionProps & Comparison & { backend: BackendKind }) {
  const { heads, ourMs, theirMs, bytes, backend, title, names } = props
  const most = Math.max(...heads.map((head) => head.most))
  return (
    <>
      <p data-testid="second-most" data-most={most}>
        <strong>{t('most', { most: most.toExponential(1) })}</strong>
      </p>
      <table className="table table-wraps">
        <thead>
          <tr>
            <th scope="col">{t('head')}</th>
            <th scope="col">{t('difference')}</th>
            <th scope="col">{t('ours')}</th>
            <th scope="col">{t('theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {heads.map((head) => (
            <tr key={head.head} data-head={head.head}>
              <th scope="row">
                {nameOf(head.head, title)}
                <SameRows {...head} names={names} />
              </th>
              <td>{head.most.toExponential(1)}</td>
              <td>{answers(props, head.head, head.ours)}</td>
              <td>{answers(props, head.head, { ...head.theirs, dims: head.ours.dims })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">
        {t('time', { ours: formatMs(ourMs), theirs: formatMs(theirMs), runs: RUNS, backend: BACKENDS[backend] })}{' '}
        {t('fetched', { bytes: formatBytes(bytes) })}
      </p>
    </>
  )
}

/** Of a head that answers for every row: in how many both have the same best answer. */
function SameRows({ head, ours, theirs, names }: HeadDifference & Pick<SecondOpinionProps, 'names'>) {
  const classes = ours.dims.at(-1) ?? 1
  if (!names(head) || ours.data.length === classes) return null
  const [own, other] = [bestOfRows(ours.data, classes), bestOfRows(theirs.data, classes)]
  const same = own.filter((best, row) => best === other[row]).length
  return <div className="hint">{t('same', { same, all: own.length })}</div>
}

function nameOf(head: string, title: (head: string) => string): string {
  if (head === 'mlm' || head === 'last_hidden_state') return t(`head.${head}`)
  return title(head)
}

/** The top answer of a head, or of each row that is asked about. */
function answers({ answer, names, rows }: SecondOpinionProps, head: string, logits: NDArray): string {
  const own = answer?.(head, logits)
  const labels = names(head)
  if (own !== undefined || !labels) return own ?? ''
  const best = bestOfRows(logits.data, logits.dims.at(-1) ?? 1).map((index) => labels[index] ?? `#${index}`)
  if (best.length === 1) return best[0] ?? ''
  return rows(head)
    .map((row) => t('row', { row, answer: best[row] ?? '' }))
    .join(', ')
}
