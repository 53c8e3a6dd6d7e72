import type { Reading } from '../../../tokenizers/column.ts'
import { parted } from '../../../tokenizers/held_out.ts'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useOwnJob } from '../../shared/useJob.ts'
import { madeBy } from '../provenance.ts'
import { reasonInWords } from '../reasons.ts'
import { isGood } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { TokenizerToolProps } from './props.ts'

/** Held-out text is read up to so many letters. */
const MOST = 100_000
const SHOWN = 60

/** What the chosen column does not know: in the sentence, and in text that it was not trained on. */
export default function UnknownTool({ lab, run }: TokenizerToolProps) {
  const column = run.columns[run.column]
  const key = isGood(column) ? column.key : null
  const held = useOwnJob<Reading | null>(
    async () => {
      const text = parted(run.trained.text).held.join('\n').slice(0, MOST)
      return key === null || !text ? null : lab.worker.call('read', { column: key, text, parsesSpecials: false })
    },
    key === null ? null : `${key} ${run.trained.text.length}`,
  )
  if (!isGood(column))
    return (
      <Panel help={null} title={t('unknown')}>
        {t('underlined.none')}
      </Panel>
    )
  return (
    <Panel help={null} title={t('unknown', { column: column.name })} lead={t('unknown.lead')} testId="unknown-tool">
      <Unknowns title={t('unknown.here')} reading={column.reading} {...{ lab, run }} />
      {held.status === 'running' && <p className="hint">{t('unknown.reading')}</p>}
      {held.result && <Unknowns title={t('unknown.held')} reading={held.result} {...{ lab, run }} />}
      {held.status === 'done' && held.result === null && <p className="hint">{t('unknown.nothing-held')}</p>}
    </Panel>
  )
}

type UnknownsProps = Pick<TokenizerToolProps, 'lab' | 'run'> & { title: string; reading: Reading }

function Unknowns({ title, reading, lab, run }: UnknownsProps) {
  const { totals, unknowns, unknownTypes } = reading
  const table = {
    columns: [t('unknown.word'), t('unknown.count'), t('unknown.why')],
    rows: unknowns.map(({ word, count, reason }) => [word, count, reasonInWords(reason)]),
  }
  return (
    <Chart
      title={title}
      lead={
        totals.words === 0
          ? t('underlined.empty')
          : t('unknown.share', {
              types: unknownTypes,
              share: formatPercent(unknowns.reduce((sum, { count }) => sum + count, 0) / totals.words),
            })
      }
      table={table}
      made={madeBy(lab, run)}
      formats={['csv', 'json']}
      testId="unknowns"
    >
      {unknowns.length > 0 && (
        <table className="table table-wraps">
          <thead>
            <tr>
              {table.columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {unknowns.slice(0, SHOWN).map(({ word, count, reason }) => (
              <tr key={word}>
                <th scope="row" className="mono">
                  {word}
                </th>
                <td className="mono">{count}</td>
                <td>{reasonInWords(reason)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Chart>
  )
}
