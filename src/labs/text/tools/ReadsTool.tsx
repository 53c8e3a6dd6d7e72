import { useMemo } from 'react'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { Panel } from '../../../views/shell/Panel.tsx'
import { meanParts } from '../../../viz/layer_reads.ts'
import { matrixSvg } from '../../../viz/matrix_svg.ts'
import { layerName } from '../../../viz/names.ts'
import { numbered } from '../../../viz/table.ts'
import { Chart } from '../../shared/Chart.tsx'
import { CausalCheck, turnOf } from '../../shared/reads/CausalCheck.tsx'
import { HeadSelect } from '../../shared/reads/HeadSelect.tsx'
import { type ReadsRow, ReadsTable } from '../../shared/reads/ReadsTable.tsx'
import { useKeyEffects } from '../../shared/reads/useKeyEffects.ts'
import { useReads } from '../../shared/reads/useReads.ts'
import { t } from '../../shared/reads/words/words.ts'
import { useLab } from '../../shared/useLab.ts'
import { readoutTitle } from '../comparison.ts'
import { madeBy } from '../provenance.ts'
import { measured, withoutKey } from '../state/without_key.ts'
import type { TextToolProps } from './props.ts'

/** What one token, [CLS] unless another is selected, reads in every layer; beside it, what it needs. */
export default function ReadsTool(props: TextToolProps) {
  const { model, tokenizer } = useLab(props.lab.store)
  return model && tokenizer && <Reads {...props} model={model} tokenizer={tokenizer} />
}

function Reads({
  lab,
  engine,
  run,
  model,
  tokenizer,
}: TextToolProps & { model: LoadedModel; tokenizer: TokenizerInfo }) {
  const { look } = useLab(lab.store)
  const theme = useTheme()
  const selected = run.tokens.findIndex((token) => token.key === look.selection[0])
  const row = selected < 0 ? run.pooledRow : selected
  const token = run.tokens[row]?.label ?? ''
  const labels = run.tokens.map(({ label }) => label)
  const { head } = look
  const { reads, shares, most, all } = useReads(run, row, head)
  const before = useMemo(() => measured(run, model, tokenizer.labels), [run, model, tokenizer])
  const checks = useKeyEffects({
    run,
    before,
    wanted: most === null ? [] : [most],
    all,
    without: async (key) => measured(await withoutKey(engine, model, run, key), model, tokenizer.labels),
  })

  const mean = meanParts(reads)
  const parts = [t('special'), t('words'), t('own')]
  const rows: ReadsRow[] = [
    ...reads.map((read, layer) => ({
      id: String(layer),
      name: layerName(layer),
      values: read && [read.parts.special, read.parts.content, read.parts.own, ...read.shares],
    })),
    { id: 'mean', name: t('mean'), values: [mean.special, mean.content, mean.own, ...shares] },
  ]
  const gap = parts.map(() => Number.NaN)
  const effects: ReadsRow[] = [
    {
      id: 'moves',
      name: t('moves'),
      values: [...gap, ...labels.map((_, key) => checks.effects.get(key)?.answer?.distance ?? Number.NaN)],
    },
    {
      id: 'turns',
      name: t('turns', { token }),
      values: [...gap, ...labels.map((_, key) => turnOf(checks.effects.get(key), row))],
    },
  ]
  const lines = [...rows, ...effects].flatMap(({ name, values }) => (values ? [{ name, values }] : []))
  const columns = [...parts, ...numbered(labels)]
  const title = t('title', { token })
  const lead = head === 'mean' ? t('lead.mean') : t('lead.head', { head: head + 1 })
  return (
    <Panel
      help={null}
      title={title}
      lead={`${lead} ${t('lead.other')}`}
      testId="reads-tool"
      actions={<HeadSelect heads={model.info.heads} head={head} onHead={(next) => lab.look({ head: next })} />}
    >
      <Chart
        title={t('figure')}
        lead={t('moves.hint')}
        made={madeBy(lab, run)}
        table={{ columns: [t('layer'), ...columns], rows: lines.map(({ name, values }) => [name, ...values]) }}
        svg={() =>
          matrixSvg({
            values: lines.flatMap(({ values }) => values),
            rows: lines.map(({ name }) => name),
            columns,
            title,
            scale: 'ink',
            contrast: 'root',
            theme,
            bound: 1,
          })
        }
        testId="layer-reads"
      >
        <ReadsTable name={title} parts={parts} tokens={run.tokens} own={row} rows={rows} effects={effects} />
      </Chart>
      <CausalCheck
        token={token}
        row={row}
        labels={labels}
        shares={shares}
        most={most}
        all={all}
        question={(id) => readoutTitle(before.readouts.find((one) => one.id === id) ?? { id, head: id }, run)}
        {...checks}
      />
    </Panel>
  )
}
