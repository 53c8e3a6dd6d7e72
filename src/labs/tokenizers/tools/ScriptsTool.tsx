import { useMemo } from 'react'
import type { Reading } from '../../../tokenizers/column.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { Chart } from '../../shared/Chart.tsx'
import { useOwnJob } from '../../shared/useJob.ts'
import { madeBy } from '../provenance.ts'
import { scriptName } from '../script_name.ts'
import { isGood } from '../state/run.ts'
import { SAME_SENTENCE } from '../state/same_sentence.ts'
import { t } from '../words/words.ts'
import type { TokenizerToolProps } from './props.ts'

type Row = { tag: string; totals: Reading['totals'][] }

/** The same sentence in twelve languages and eleven scripts through every column: what a language costs. */
export default function ScriptsTool({ lab, run }: TokenizerToolProps) {
  const columns = useMemo(() => run.columns.filter(isGood), [run])
  const keys = columns.map(({ key }) => key).join()
  const job = useOwnJob<Row[]>(async (step) => {
    const rows: Row[] = []
    for (const { tag, text } of SAME_SENTENCE) {
      const totals: Reading['totals'][] = []
      for (const { key } of columns) {
        totals.push((await lab.worker.call('read', { column: key, text, parsesSpecials: false })).totals)
      }
      rows.push({ tag, totals })
      if (!step(rows.length, SAME_SENTENCE.length, [...rows])) break
    }
    return rows
  }, keys)
  const rows = job.result ?? []
  const table = {
    columns: [
      t('scripts.language'),
      ...columns.flatMap(({ name }) => [t('scripts.pieces', { column: name }), t('scripts.unknown', { column: name })]),
    ],
    rows: rows.map(({ tag, totals }) => [
      scriptName(tag),
      ...totals.flatMap(({ pieces, unknown }) => [pieces, unknown]),
    ]),
  }
  return (
    <Panel help={null} title={t('scripts')} lead={t('scripts.lead')} testId="scripts-tool">
      <JobBar
        action={t('scripts.read')}
        status={job.status}
        done={job.done}
        total={job.total}
        problem={job.problem}
        onStart={job.start}
        onStop={job.stop}
      />
      {rows.length > 0 && (
        <Chart
          title={t('scripts.cost')}
          lead={t('scripts.cost.lead')}
          table={table}
          made={madeBy(lab, run)}
          formats={['csv', 'json']}
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
          <section className="table-scroll" tabIndex={0} aria-label={t('scripts.cost')}>
            <table className="table" data-testid="scripts">
              <thead>
                <tr>
                  <th scope="col">{t('scripts.language')}</th>
                  {columns.map(({ key, name }) => (
                    <th key={key} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ tag, totals }) => (
                  <tr key={tag}>
                    <th scope="row">
                      <Button
                        small
                        look="quiet"
                        onClick={() => {
                          const sentence = SAME_SENTENCE.find((one) => one.tag === tag)
                          if (sentence) lab.setText(sentence.text)
                        }}
                      >
                        {scriptName(tag)}
                      </Button>
                    </th>
                    {totals.map(({ pieces, unknown }, i) => (
                      <td key={columns[i]?.key} className="mono">
                        {unknown > 0 ? t('scripts.cell', { pieces, unknown }) : pieces}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </Chart>
      )}
    </Panel>
  )
}
