import { useMemo } from 'react'
import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { Compare } from '../../shared/Compare.tsx'
import { PinButton } from '../../shared/PinButton.tsx'
import type { Provenance } from '../../shared/save_figure.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { type BranchRow, branchRows, partsAt } from '../state/branches.ts'
import { t } from '../words/words.ts'
import type { GenerateToolProps } from './props.ts'

/** A pinned branch against the newest one: where their texts part, what each expects at every step, both maps. */
export default function CompareTool({ lab, run }: GenerateToolProps) {
  const { pinned, look } = useLab(lab.store)
  const rows = useMemo(() => (pinned ? branchRows(pinned, run) : []), [pinned, run])
  const pin = <PinButton pinned={pinned !== null} onPin={(on) => lab.pin(on ? run : null)} />
  if (!pinned) {
    return (
      <Panel help={null} title={t('compare')} testId="compare-tool">
        <p>{t('compare.how')}</p>
        <div className="row">{pin}</div>
      </Panel>
    )
  }
  const [a, b] = [madeBy(lab, pinned), madeBy(lab, run)]
  const made: Provenance = {
    model: a.model === b.model ? a.model : `${a.model} ${b.model}`,
    state: () => ({ pinned: a.state(), now: b.state() }),
    link: b.link,
  }
  const parts = partsAt(rows)
  return (
    <>
      <Panel
        help={null}
        title={t('compare')}
        lead={parts < 0 ? t('compare.alike') : t('compare.parts', { row: parts })}
        actions={pin}
        testId="compare-tool"
      >
        <Branches rows={rows} />
      </Panel>
      <Compare
        a={{ ...pinned, model: pinned.doc.model }}
        b={{ ...run, model: run.doc.model }}
        choice={look}
        made={made}
        fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
        selected={look.selection[0] ?? null}
        onSelect={(key) => lab.look({ selection: key === null ? [] : [key] })}
        answers={<Divergence rows={rows} made={made} />}
      />
    </>
  )
}

/** The columns of both tables, in words. */
const columns = () => [t('compare.row'), t('compare.pinned'), t('compare.now'), t('compare.bits')]

function Divergence({ rows, made }: { rows: readonly BranchRow[]; made: Provenance }) {
  const points = rows.flatMap(({ divergence }, row) => (divergence === null ? [] : [{ x: row, y: divergence }]))
  const title = t('compare.divergence')
  return (
    <Chart
      title={title}
      lead={t('compare.divergence.lead')}
      made={made}
      table={{
        columns: columns(),
        rows: rows.map(({ a, b, divergence }, row) => [row, a ?? '', b ?? '', divergence ?? Number.NaN]),
      }}
      testId="divergence"
    >
      <LineCurve
        name={title}
        series={[{ name: t('compare.kl'), points }]}
        xName={t('compare.row')}
        yName={t('compare.bits')}
        yFormat={(y) => decimal(y, 2)}
        height={180}
      />
    </Chart>
  )
}

/** The tokens of both branches, row by row; those that differ are struck and marked. */
function Branches({ rows }: { rows: readonly BranchRow[] }) {
  return (
    <table className="table" data-testid="branches">
      <thead>
        <tr>
          {columns().map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ a, b, same, divergence }, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <tr key={row} data-same={same || undefined}>
            <th scope="row" className="mono">
              {row}
            </th>
            <td className="mono">{same ? a : <del>{a}</del>}</td>
            <td className="mono">{same ? b : <ins>{b}</ins>}</td>
            <td className="mono">{divergence === null ? '–' : decimal(divergence, 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
