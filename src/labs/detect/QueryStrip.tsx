import type { ModelInfo } from '../../engine/protocol.ts'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { StripFrame } from '../shared/StripFrame.tsx'
import { useLab } from '../shared/useLab.ts'
import { walkButtons } from '../shared/walk_buttons.ts'
import { help } from './help/help.ts'
import { saidBy } from './said.ts'
import type { DetectLab } from './state/lab.ts'
import { STATUSES, type Status } from './state/queries.ts'
import { type DetectDoc, type DetectRun, queryName } from './state/run.ts'
import { t } from './words/words.ts'

export interface QueryStripProps {
  lab: DetectLab
  doc: DetectDoc
  /** The newest run; null before the first. */
  run: DetectRun | null
  info: ModelInfo
}

/** A chip a query: what it says, and how it is read. Arrows walk the chips; what is chosen can be hidden, masked or removed. */
export function QueryStrip({ lab, doc, run, info }: QueryStripProps) {
  const { look } = useLab(lab.store)
  const chosen = doc.queries[look.query]
  const set = (status: Status) =>
    lab.setQueries(doc.queries.map((query, place) => (place === look.query ? { ...query, status } : query)))
  return (
    <StripFrame className="lab-strip query-strip" label={t('strip')} help={help('strip')}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset asks for a legend that nothing needs */}
      <div
        className="query-chips"
        role="group"
        aria-label={t('strip.queries')}
        data-testid="queries"
        onKeyDown={(event) => walkButtons(event)?.click()}
      >
        {doc.queries.map(({ status, start }, place) => {
          const row = run?.asking.findIndex((one) => one.place === place) ?? -1
          const detection = run?.detections.find((one) => one.row === row)
          const name = queryName(info, place)
          const flags = [status !== 'read' && t(`status.${status}`), start !== 'trained' && t(`start.${start}`)].filter(
            (flag) => flag !== false,
          )
          return (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a query is its place
              key={place}
              type="button"
              className="chip query-chip"
              data-testid="query"
              data-kind="det"
              data-status={status}
              data-none={!detection || detection.isNone || undefined}
              aria-pressed={place === look.query}
              tabIndex={place === look.query ? 0 : -1}
              onClick={() => lab.look({ query: place })}
            >
              <span className="chip-label">{name}</span>
              {detection && status !== 'removed' && <span className="query-said">{saidBy(detection)}</span>}
              {flags.map((flag) => (
                <span key={flag} className="chip-flag">
                  {flag}
                </span>
              ))}
            </button>
          )
        })}
        {doc.queries.length === 0 && <span className="hint">{t('strip.empty')}</span>}
      </div>
      {chosen && (
        <Segmented
          label={t('strip.status', { query: queryName(info, look.query) })}
          small
          value={chosen.status}
          options={STATUSES.map((value) => ({
            value,
            label: t(`status.${value}`),
            title: t(`status.${value}.hint`),
          }))}
          onChange={set}
          testId="query-status"
        />
      )}
    </StripFrame>
  )
}
