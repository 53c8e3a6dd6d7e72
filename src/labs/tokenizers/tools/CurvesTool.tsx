import { useMemo } from 'react'
import type { Coverage, CoveragePoint } from '../../../tokenizers/measure.ts'
import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { decimal, whole } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useOwnJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { isGood } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { TokenizerToolProps } from './props.ts'

interface Covered {
  name: string
  coverage: Coverage
}

/** What share of running words each column knows with the first tokens of its vocabulary, on the text it was trained on and on held-out text. */
export default function CurvesTool({ lab, run }: TokenizerToolProps) {
  const { look } = useLab(lab.store)
  const columns = useMemo(() => run.columns.filter(isGood), [run])
  const { text } = run.trained
  const job = useOwnJob<Covered[]>(
    async (step) => {
      const covered: Covered[] = []
      for (const { key, name } of columns) {
        covered.push({ name, coverage: await lab.worker.call('coverage', { column: key, text }) })
        if (!step(covered.length, columns.length, [...covered])) break
      }
      return covered
    },
    `${columns.map(({ key }) => key).join()} ${text.length}`,
  )
  return (
    <Panel help={null} title={t('curves')} lead={t('curves.lead')} testId="curves-tool">
      <JobBar
        action={t('curves.measure')}
        status={job.status}
        done={job.done}
        total={job.total}
        problem={job.problem}
        onStart={job.start}
        onStop={job.stop}
      />
      <Segmented
        small
        label={t('curves.what')}
        testId="curve"
        value={look.curve}
        options={(['known', 'whole', 'fertility'] as const).map((value) => ({
          value,
          label: t(`curves.${value}`),
          title: t(`curves.${value}.hint`),
        }))}
        onChange={(curve) => lab.look({ curve })}
      />
      {job.result && job.result.length > 0 && (
        <>
          <Curve part="train" covered={job.result} {...{ lab, run }} />
          <Curve part="held" covered={job.result} {...{ lab, run }} />
        </>
      )}
    </Panel>
  )
}

type CurveProps = Pick<TokenizerToolProps, 'lab' | 'run'> & { part: 'train' | 'held'; covered: readonly Covered[] }

function Curve({ part, covered, lab, run }: CurveProps) {
  const { look } = useLab(lab.store)
  const isShare = look.curve !== 'fertility'
  const value = (point: CoveragePoint) => point[look.curve]
  if (covered.every(({ coverage }) => coverage[part].length === 0)) {
    return <p className="hint">{t('unknown.nothing-held')}</p>
  }
  const table = {
    columns: [t('curves.column'), t('curves.size'), t('curves.known'), t('curves.whole'), t('curves.fertility')],
    rows: covered.flatMap(({ name, coverage }) =>
      coverage[part].map(({ size, known, whole, fertility }) => [name, size, known, whole, fertility]),
    ),
  }
  return (
    <Chart title={t(`curves.${part}`)} table={table} made={madeBy(lab, run)} testId={`curve-${part}`}>
      <LineCurve
        name={t(`curves.${part}`)}
        series={covered.map(({ name, coverage }) => ({
          name,
          points: coverage[part].map((point) => ({ x: Math.log2(point.size), y: value(point) })),
        }))}
        xName={t('curves.size')}
        yName={t(`curves.${look.curve}`)}
        {...(isShare && { yDomain: [0, 1] as const })}
        xFormat={sizeName}
        yFormat={(y) => (isShare ? shareName(y) : decimal(y, 2))}
        height={220}
      />
    </Chart>
  )
}

/** Sizes lie by their logarithms; between two doublings the axis says nothing. */
function sizeName(x: number): string {
  return Number.isInteger(x - 0.5) ? '' : whole(Math.round(2 ** x))
}

function shareName(share: number): string {
  const percent = 100 * share
  return `${decimal(percent, Number.isInteger(Math.round(1e6 * percent) / 1e6) ? 0 : 1)} %`
}
