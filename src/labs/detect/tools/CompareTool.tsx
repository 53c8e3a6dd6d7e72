import { PhotoStage } from '../../../views/photo/PhotoStage.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { differenceBound, shareBound } from '../../../viz/bounds.ts'
import { decimal } from '../../../words/numbers.ts'
import { differenceName, runColumns } from '../../shared/Compare.tsx'
import { canvasOf } from '../../shared/canvases.ts'
import { help as sharedHelp } from '../../shared/help/help.ts'
import { PinButton } from '../../shared/PinButton.tsx'
import { useLab } from '../../shared/useLab.ts'
import { BoxLayer } from '../BoxLayer.tsx'
import { help } from '../help/help.ts'
import { saidBy } from '../said.ts'
import { type Detection, iou } from '../state/boxes.ts'
import { type DetectRun, found, queryName, queryReads } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { DetectToolProps } from './props.ts'

/** A pinned run against the newest one: what every query says, and what the chosen one reads. */
export default function CompareTool({ lab, run }: DetectToolProps) {
  const { pinned } = useLab(lab.store)
  const pin = <PinButton pinned={pinned !== null} onPin={(on) => lab.pin(on ? run : null)} />
  if (!pinned) {
    return (
      <Panel help={null} title={t('compare.title')} testId="compare-tool">
        <p>{t('compare.pin')}</p>
        <div className="row">{pin}</div>
      </Panel>
    )
  }
  return (
    <>
      <Panel
        help={null}
        title={t('compare.title')}
        lead={t(pinned === run ? 'compare.same' : 'compare.lead')}
        actions={pin}
        testId="compare-tool"
      >
        <Answers a={pinned} b={run} />
      </Panel>
      <Pictures lab={lab} a={pinned} b={run} />
    </>
  )
}

function answerOf(run: DetectRun, place: number): Detection | undefined {
  const row = run.asking.findIndex((one) => one.place === place)
  return run.detections.find((one) => one.row === row)
}

const label = (one: Detection | undefined) => (one && !one.isNone ? one.label : null)

/** A row a query of either run. */
function Answers({ a, b }: { a: DetectRun; b: DetectRun }) {
  const places = Array.from({ length: Math.max(a.doc.queries.length, b.doc.queries.length) }, (_, place) => place)
  const rows = places.map((place) => ({ place, was: answerOf(a, place), now: answerOf(b, place) }))
  const [pinned, now] = runColumns()
  const said = (one: Detection | undefined) => (one ? saidBy(one) : t('compare.gone'))
  return (
    <>
      <p data-testid="compare-sum">
        {t('compare.sum', { count: rows.filter(({ was, now }) => label(was) !== label(now)).length })}
      </p>
      <table className="box-table" data-testid="compare-answers">
        <caption className="sr-only">{t('compare.answers')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('found.query')}</th>
            <th scope="col" title={pinned?.hint}>
              {pinned?.title}
            </th>
            <th scope="col" title={now?.hint}>
              {now?.title}
            </th>
            <th scope="col" title={t('compare.iou.hint')}>
              {t('compare.iou')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ place, was, now }) => (
            <tr key={place} data-changed={label(was) !== label(now) || undefined}>
              <th scope="row">{queryName(b.model.info, place)}</th>
              <td>{said(was)}</td>
              <td>{said(now)}</td>
              <td className="mono">{was && now ? decimal(iou(was.box, now.box), 2) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** What the chosen query reads in both runs, with the boxes of each, and the difference. */
function Pictures({ lab, a, b }: Pick<DetectToolProps, 'lab'> & { a: DetectRun; b: DetectRun }) {
  const { look } = useLab(lab.store)
  const rowIn = (run: DetectRun) => run.asking.findIndex(({ place }) => place === look.query)
  const readsIn = (run: DetectRun) => queryReads(run, rowIn(run), look.layer, look.head)?.patches ?? null
  const [then, now] = [readsIn(a), readsIn(b)]
  const bound = shareBound(look.fit, then ?? [], now ?? [])
  const query = queryName(b.model.info, look.query)
  const difference =
    then && now && then.length === now.length ? now.map((value, i) => value - (then[i] as number)) : null
  const side = (which: 'pinned' | 'now', run: DetectRun, reads: Float32Array | null) => {
    const title = runColumns().find(({ id }) => id === which)?.title ?? ''
    return (
      <Panel
        help={help('photo')}
        title={t('compare.picture', { run: title, query })}
        lead={reads ? undefined : t('compare.unread', { query })}
        testId={`picture-${which}`}
      >
        <PhotoStage
          image={canvasOf(run.picture)}
          alt={`${title}: ${run.photo.name}`}
          rows={run.grid.rows}
          columns={run.grid.columns}
          values={reads}
          bound={bound}
          asker={query}
          overlay={{ opacity: 0.7, look: 'colour' }}
          maxSize={320}
          pixelated
        >
          <BoxLayer run={run} detections={found(run, look.threshold)} chosen={rowIn(run)} />
        </PhotoStage>
      </Panel>
    )
  }
  return (
    <div className="compare-maps">
      {side('pinned', a, then)}
      {side('now', b, now)}
      <Panel help={sharedHelp('difference')} title={differenceName()} testId="picture-difference">
        {difference ? (
          <PhotoStage
            image={canvasOf(b.picture)}
            alt={`${differenceName()}: ${b.photo.name}`}
            rows={b.grid.rows}
            columns={b.grid.columns}
            values={difference}
            bound={differenceBound(difference)}
            asker={query}
            readAs={(value) => t('compare.more', { query, value })}
            overlay={{ opacity: 1, scale: 'diverging' }}
            maxSize={320}
            pixelated
          />
        ) : (
          <p className="hint">{t('compare.unfit')}</p>
        )}
      </Panel>
    </div>
  )
}
