import { Panel } from '../../views/shell/Panel.tsx'
import { formatPercent } from '../../viz/format.ts'
import { useLab } from '../shared/useLab.ts'
import { className } from './class_name.ts'
import { help } from './help/help.ts'
import { nameOfRow } from './said.ts'
import { byScore, DUPLICATE_IOU, duplicates, suppressed } from './state/boxes.ts'
import type { DetectLab } from './state/lab.ts'
import { qualityAt } from './state/precision.ts'
import { type DetectRun, found } from './state/run.ts'
import { t } from './words/words.ts'

export interface DetectReadoutsProps {
  lab: DetectLab
  run: DetectRun
  /** The run before the last edit. */
  before: DetectRun | null
}

/** What is found: a table of boxes, how many repeat another, and how many of the true objects are among them. */
export function DetectReadouts({ lab, run, before }: DetectReadoutsProps) {
  const { look } = useLab(lab.store)
  const said = found(run, look.threshold)
  const kept = byScore(look.nms ? suppressed(said, DUPLICATE_IOU) : said)
  const earlier = before && before.doc.model === run.doc.model ? duplicates(found(before, look.threshold)) : null
  const repeated = duplicates(said)
  const { right, objects } = qualityAt([{ objects: run.objects ?? [], detections: kept }], 0)
  return (
    <Panel help={help('readouts')} title={t('readouts')} testId="readouts">
      {kept.length === 0 ? (
        <p data-testid="nothing-found">
          {run.asking.length === 0
            ? t('found.nobody')
            : t('found.nothing', { threshold: formatPercent(look.threshold) })}
        </p>
      ) : (
        <table className="table box-table" data-testid="found">
          <caption className="sr-only">{t('found.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('found.query')}</th>
              <th scope="col">{t('found.class')}</th>
              <th scope="col">{t('found.score')}</th>
              <th scope="col" title={t('found.box.hint')}>
                {t('found.box')}
              </th>
            </tr>
          </thead>
          <tbody>
            {kept.map(({ row, label, score, box }) => (
              <tr key={row} data-chosen={run.asking[row]?.place === look.query || undefined}>
                <th scope="row">{nameOfRow(run, row)}</th>
                <td>{className(label)}</td>
                <td className="mono">{formatPercent(score)}</td>
                <td className="mono">
                  {[box.x, box.y, box.width, box.height].map((share) => Math.round(100 * share)).join(' ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {run.detections.length > 0 && (
        <p className="hint" data-testid="silent">
          {t('found.silent', { count: run.detections.length - said.length })}
        </p>
      )}
      <p data-testid="duplicates">
        {t('found.duplicates', { count: repeated })}
        {earlier !== null && earlier !== repeated && ` ${t('found.before', { count: earlier })}`}
      </p>
      {run.objects &&
        (objects === 0 ? (
          <p data-testid="right">{t('found.empty-scene')}</p>
        ) : (
          <p data-testid="right">{t('found.right', { right, objects })}</p>
        ))}
    </Panel>
  )
}
