import { useMemo, useState } from 'react'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { IntegerField } from '../../../views/primitives/IntegerField.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { shareBound } from '../../../viz/bounds.ts'
import { formatPercent, formatPoints, formatValue } from '../../../viz/format.ts'
import { headName, layerName } from '../../../viz/names.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import type { Provenance } from '../../shared/save_figure.ts'
import { useOwnJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { labelOf } from '../state/doc.ts'
import { mean } from '../state/experiments/shown.ts'
import { START_WAYS, type StartFacts, type StartWay, startFacts } from '../state/experiments/start_token.ts'
import { EditedNote } from './EditedNote.tsx'
import { rowNames, shownOf } from './experiment.ts'
import type { GenerateToolProps } from './props.ts'
import { ScrollTable } from './ScrollTable.tsx'
import { t } from './words/words.ts'

const LEAST = 4
/** Words that gained most. */
const GAINERS = 5

/** The start token in nine ways: what reads it, what it carries, and what the text loses without it. */
export default function StartTool(props: GenerateToolProps) {
  const { lab, engine, run } = props
  const { model, tokenizer, look, writing } = useLab(lab.store)
  const others = useMemo(() => (tokenizer ? replacements(tokenizer) : []), [tokenizer])
  const [chosenOther, setOther] = useState('')
  const other = others.includes(Number(chosenOther)) && chosenOther !== '' ? Number(chosenOther) : (others[0] ?? 0)
  const [seed, setSeed] = useState(1)
  const [way, setWay] = useState<StartWay>('masked')
  const T = run.tokens.length
  // While it writes, every token would ask anew.
  const of = useMemo(() => (writing || T < LEAST ? null : { run, other, seed }), [writing, T, run, other, seed])
  const job = useOwnJob<Partial<Record<StartWay, StartFacts>>>(async (step) => {
    if (!model) return {}
    return startFacts(engine, shownOf(run, model), { other, seed }, step)
  }, of)
  if (!model || !tokenizer) return null
  const token = run.tokens[0]?.label ?? ''
  const lead = t(run.tokens[0]?.kind === 'bos' ? 'start.lead' : 'start.lead.none', { token })
  if (T < LEAST) {
    return (
      <Panel help={null} title={t('start')} lead={lead} testId="start-tool">
        <p className="hint">{t('short', { count: LEAST })}</p>
      </Panel>
    )
  }
  const { with: before, [way]: after } = job.result ?? {}
  const made = madeBy(lab, run)
  return (
    <Panel help={null} title={t('start')} lead={lead} testId="start-tool">
      <div className="tool-form experiment-form">
        <Select
          label={t('start.other')}
          value={String(other)}
          options={others.map((id) => ({ value: String(id), label: labelOf(tokenizer, id) }))}
          onChange={setOther}
          testId="start-other"
        />
        <IntegerField label={t('start.seed')} value={seed} onChange={setSeed} testId="start-seed" />
      </div>
      <EditedNote run={run} />
      {job.status !== 'done' && (
        <JobBar action={t('start')} {...job} onStart={job.start} onStop={job.stop} testId="start-job" />
      )}
      {job.result && (
        <Ways facts={job.result} labels={firstRows(run, tokenizer, other)} made={made} layers={model.info.layers} />
      )}
      <Segmented
        label={t('start.way')}
        showLabel
        value={way}
        options={START_WAYS.map((one) => ({ value: one, label: t(`start.${one}`) }))}
        onChange={setWay}
        testId="start-way"
      />
      {before && after && (
        <div className="figures">
          <Heads facts={after} way={way} model={model} tokens={T} fit={look.fit} made={made} />
          <Values facts={after} way={way} made={made} />
          <Freed before={before} after={after} way={way} names={rowNames(run).slice(1)} made={made} />
        </div>
      )}
    </Panel>
  )
}

/** Tokens that a start token may be replaced by: the other special ones, a full stop, a new line. */
function replacements({ specials, labels }: TokenizerInfo): number[] {
  const marks = ['.', 'Ċ', '\n', ','].map((label) => labels.indexOf(label)).filter((id) => id >= 0)
  const { bos, ...others } = specials
  return [...new Set([...marks, ...Object.values(others).map(({ id }) => id)])].filter((id) => id !== bos?.id)
}

/** What stands in the first row in each way. */
function firstRows(
  { tokens }: GenerateToolProps['run'],
  tokenizer: TokenizerInfo,
  other: number,
): Record<StartWay, string> {
  const start = tokens[0]?.label ?? ''
  const same = { with: start, hidden: start, masked: start, doubled: start }
  const vectors = { zeros: t('start.zeros'), mean: t('start.mean'), noise: t('start.noise') }
  return { ...same, ...vectors, without: tokens[1]?.label ?? '', replaced: labelOf(tokenizer, other) }
}

function Ways({
  facts,
  labels,
  made,
}: {
  facts: Partial<Record<StartWay, StartFacts>>
  labels: Record<StartWay, string>
  made: Provenance
  layers: number
}) {
  const columns = [
    t('start.way'),
    t('start.first'),
    t('start.share'),
    t('start.perplexity'),
    t('start.column'),
    t('start.most.head'),
    t('start.norm'),
  ]
  const known = START_WAYS.flatMap((way) => {
    const one = facts[way]
    return one ? [{ way, one, share: mean(one.sink.flat()), strongest: strongest(one.sink) }] : []
  })
  return (
    <Chart
      title={t('start.way')}
      made={made}
      formats={['csv', 'json']}
      table={{
        columns,
        rows: known.map(({ way, one, share, strongest: head }) => [
          t(`start.${way}`),
          labels[way],
          share,
          one.perplexity,
          one.most,
          head.share,
          mean(one.valueNorm),
        ]),
      }}
      testId="start-ways"
    >
      <ScrollTable name={t('start.way')} columns={columns} className="facts-table">
        {known.map(({ way, one, share, strongest: head }) => (
          <tr key={way} data-way={way}>
            <th scope="row">{t(`start.${way}`)}</th>
            <td className="mono">{labels[way]}</td>
            <td>{formatPercent(share)}</td>
            <td className="mono">{decimal(one.perplexity, 2)}</td>
            <td className="mono" data-cell="most" data-exact={one.most === 0 || undefined}>
              {formatValue(one.most)}
            </td>
            <td>
              {formatPercent(head.share)}{' '}
              <span className="hint">
                {layerName(head.layer)}, {headName(head.head)}
              </span>
            </td>
            <td>
              {decimal(mean(one.valueNorm), 2)}{' '}
              <span className="hint">{t('start.norm.others', { norm: decimal(mean(one.otherNorms), 2) })}</span>
            </td>
          </tr>
        ))}
      </ScrollTable>
      {facts.hidden && facts.with && JSON.stringify(facts.hidden) === JSON.stringify(facts.with) && (
        <p className="hint" data-testid="hidden-same">
          {t('start.hidden.same')}
        </p>
      )}
    </Chart>
  )
}

function strongest(sink: readonly (readonly number[])[]): { layer: number; head: number; share: number } {
  const all = sink.flatMap((heads, layer) => heads.map((share, head) => ({ layer, head, share })))
  return all.reduce((best, one) => (one.share > best.share ? one : best))
}

interface WayProps {
  facts: StartFacts
  way: StartWay
  made: Provenance
}

function Heads({
  facts,
  way,
  model,
  tokens,
  fit,
  made,
}: WayProps & { model: LoadedModel; tokens: number; fit: boolean }) {
  const values = facts.sink.flat()
  const rows = facts.sink.map((_, layer) => layerName(layer))
  const columns = Array.from({ length: model.info.heads }, (_, head) => headName(head))
  // Query q has q + 1 keys.
  const even = mean(Array.from({ length: tokens - 1 }, (_, i) => 1 / (i + 2)))
  const title = t('start.heads', { way: t(`start.${way}`) })
  return (
    <Chart
      title={title}
      lead={t('start.heads.lead', { even: formatPercent(even) })}
      made={made}
      formats={['csv', 'json']}
      table={{
        columns: [t('layer'), ...columns],
        rows: facts.sink.map((heads, layer) => [rows[layer] ?? '', ...heads]),
      }}
      testId="start-heads"
    >
      <HeatGrid
        name={title}
        rows={rows}
        columns={columns}
        values={values}
        bound={shareBound(fit, values)}
        format={(value) => decimal(value * 100, 0)}
      />
    </Chart>
  )
}

function Values({ facts, way, made }: WayProps) {
  const title = t('start.values', { way: t(`start.${way}`) })
  const curve = (norms: readonly number[]) => norms.map((y, layer) => ({ x: layer + 1, y }))
  const series = [
    { name: t('start.values.first'), points: curve(facts.valueNorm) },
    { name: t('start.values.others'), points: curve(facts.otherNorms) },
  ]
  return (
    <Chart
      title={title}
      made={made}
      table={{
        columns: [t('layer'), ...series.map(({ name }) => name)],
        rows: facts.valueNorm.map((norm, layer) => [layer + 1, norm, facts.otherNorms[layer] as number]),
      }}
      testId="start-values"
    >
      <LineCurve name={title} xName={t('layer')} yName={t('start.length')} series={series} height={200} />
    </Chart>
  )
}

/** By the text's own tokens: what they are read more than with the start token. */
function Freed({
  before,
  after,
  way,
  names,
  made,
}: {
  before: StartFacts
  after: StartFacts
  way: StartWay
  names: readonly string[]
  made: Provenance
}) {
  const sum = (read: readonly number[]) => read.reduce((all, one) => all + one, 0)
  const gains = names
    .map((name, k) => ({ name, before: before.read[k] as number, after: after.read[k] as number }))
    .sort((a, b) => b.after - b.before - (a.after - a.before))
  const relations = [
    { name: t('start.itself'), before: before.itself, after: after.itself },
    { name: t('start.previous'), before: before.previous, after: after.previous },
  ]
  const columns = [t('start.of.queries'), t('start.before'), t(`start.${way}`), t('start.gain')]
  const rows = [...relations, ...gains.slice(0, GAINERS)]
  return (
    <Chart
      title={t('start.freed', { way: t(`start.${way}`) })}
      lead={t('start.freed.lead', {
        way: t(`start.${way}`),
        before: formatPercent(Math.max(0, 1 - sum(before.read))),
        text: formatPercent(sum(before.read)),
        after: formatPercent(Math.max(0, 1 - sum(after.read))),
        textAfter: formatPercent(sum(after.read)),
      })}
      made={made}
      formats={['csv', 'json']}
      table={{
        columns,
        rows: [...relations, ...gains].map((one) => [one.name, one.before, one.after, one.after - one.before]),
      }}
      testId="start-freed"
    >
      <ScrollTable name={t('start.freed', { way: t(`start.${way}`) })} columns={columns}>
        {rows.map((one) => (
          <tr key={one.name}>
            <th scope="row">{one.name}</th>
            <td>{formatPercent(one.before)}</td>
            <td>{formatPercent(one.after)}</td>
            <td className="mono">{formatPoints(one.before, one.after) ?? '0'}</td>
          </tr>
        ))}
      </ScrollTable>
    </Chart>
  )
}
