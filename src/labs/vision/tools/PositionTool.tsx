import { useMemo, useState } from 'react'
import type { PositionTable } from '../../../engine/protocol.ts'
import { IntegerField } from '../../../views/primitives/IntegerField.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { saidInFull } from '../../../words/errors.ts'
import { useLab } from '../../shared/useLab.ts'
import { compareClasses } from '../comparison.ts'
import { PositionMap } from '../PositionMap.tsx'
import { gridOf } from '../state/run.ts'
import { inputSides, toSide } from '../state/side.ts'
import type { VisionVariants } from '../state/variants.ts'
import { useVariants } from '../useVariants.ts'
import { t } from '../words/words.ts'
import type { VisionToolProps } from './props.ts'

type Interpolation = Extract<PositionTable, { type: 'trained' }>['interpolation']
const INTERPOLATIONS: Interpolation[] = ['bicubic', 'bilinear', 'nearest']

/** How a patch knows where it is: the trained positions looked at, moved to other resolutions, replaced and switched off. */
export default function PositionTool({ lab, engine, run }: VisionToolProps) {
  const { doc } = useLab(lab.store)
  const [lastSeed, setLastSeed] = useState(1)
  if (!doc) return null
  const table = doc.positionTable
  const seed = table.type === 'shuffled' ? table.seed : lastSeed
  const interpolation = table.type === 'trained' ? table.interpolation : 'bicubic'
  const setTable = (type: PositionTable['type']) => lab.setPositionTable(tableOf(type, interpolation, seed))
  const own = run.model.info.image?.size[0] ?? 0

  return (
    <Panel help={null} title={t('positions.title')} lead={t('positions.lead')} testId="position-tool">
      <div className="tool-form">
        <Segmented
          label={t('positions.label')}
          showLabel
          value={table.type}
          options={[
            { value: 'trained', label: t('positions.trained') },
            { value: 'off', label: t('positions.off'), title: t('positions.off.hint') },
            { value: 'shuffled', label: t('positions.shuffled'), title: t('positions.shuffled.hint') },
            { value: 'sine', label: t('positions.sine'), title: t('positions.sine.hint') },
          ]}
          onChange={setTable}
          testId="position-table"
        />
        {table.type === 'shuffled' && (
          <IntegerField
            label={t('positions.seed')}
            value={table.seed}
            onChange={(seed) => {
              setLastSeed(seed)
              lab.setPositionTable({ type: 'shuffled', seed })
            }}
            testId="position-seed"
          />
        )}
        <Segmented
          label={t('positions.side')}
          showLabel
          value={String(doc.side ?? own)}
          options={inputSides(run.model.info).map((side) => ({
            value: String(side),
            label: String(side),
            title: side === own ? t('positions.own') : undefined,
          }))}
          onChange={(side) => lab.setSide(Number(side) === own ? null : Number(side))}
          testId="input-side"
        />
        {doc.side !== null && table.type === 'trained' && (
          <Segmented
            label={t('positions.moved')}
            showLabel
            value={interpolation}
            options={INTERPOLATIONS.map((value) => ({ value, label: t(`positions.${value}`) }))}
            onChange={(value) => lab.setPositionTable({ type: 'trained', interpolation: value })}
            testId="interpolation"
          />
        )}
      </div>
      <Comparisons engine={engine} run={run} seed={seed} />
      <PositionMap lab={lab} engine={engine} run={run} />
    </Panel>
  )
}

/** The same picture under every choice, each a forward of its own. */
function Comparisons({ engine, run, seed }: Pick<VisionToolProps, 'engine' | 'run'> & { seed: number }) {
  const tables = useMemo(() => tableVariants(run.doc.side !== null, seed), [run, seed])
  const sides = useMemo(() => inputSides(run.model.info), [run])
  const variants = useMemo((): VisionVariants => {
    const own = run.model.info.image?.size[0]
    const sized = sides.map((side) => {
      const { problem: _, ...moved } = toSide(run.doc, run.model, side === own ? null : side)
      return [`side ${side}`, moved]
    })
    return {
      ...Object.fromEntries(tables.map(({ id, table }) => [id, { positionTable: table }])),
      ...Object.fromEntries(sized),
    }
  }, [run, tables, sides])
  const { runs, problems } = useVariants(engine, run, variants)

  const inUse = JSON.stringify(run.doc.positionTable)
  const shownSide = run.pixels.dims[1]
  const sideColumns = sides.map((side) => {
    const { rows, columns } = gridOf(run.model, side)
    const name = t('positions.pixels', { side })
    return {
      id: `side ${side}`,
      title: side === shownSide ? t('positions.shown', { name }) : name,
      hint: t('positions.patches', { rows, columns, count: rows * columns }),
    }
  })
  const tableColumns = tables.map(({ id, title, hint, table }) => ({
    id,
    title: JSON.stringify(table) === inUse ? t('positions.shown', { name: title }) : title,
    hint,
  }))
  // What the others are compared with comes first: the model's own resolution.
  const own = `side ${run.model.info.image?.size[0]}`
  sideColumns.sort((a, b) => Number(b.id === own) - Number(a.id === own))

  return (
    <>
      <ComparisonTable
        title={t('positions.tables', { side: shownSide })}
        columns={tableColumns}
        runs={runs}
        problems={problems}
      />
      {sides.length > 1 && (
        <ComparisonTable title={t('positions.sides')} columns={sideColumns} runs={runs} problems={problems} />
      )}
    </>
  )
}

function ComparisonTable({
  title,
  columns,
  runs,
  problems,
}: {
  title: string
  columns: readonly { id: string; title: string; hint?: string }[]
} & ReturnType<typeof useVariants>) {
  const [first, ...others] = columns
  const base = runs[first?.id ?? '']
  const problem = problems[first?.id ?? '']
  return (
    <section className="figure">
      <h3>{title}</h3>
      {base ? (
        <ReadoutComparison
          name={title}
          columns={columns}
          rows={compareClasses(
            base,
            others.map(({ id }) => runs[id] ?? (problems[id] ? null : undefined)),
          )}
        />
      ) : (
        <p className="hint">{problem ? saidInFull(problem) : t('running')}</p>
      )}
    </section>
  )
}

interface TableVariant {
  id: string
  title: string
  hint: string
  table: PositionTable
}

/** @param moved whether the grid is not the one that was trained, so that interpolations differ */
function tableVariants(moved: boolean, seed: number): TableVariant[] {
  const trained = INTERPOLATIONS.map((interpolation) => ({
    id: interpolation,
    title: t(moved ? `positions.${interpolation}` : 'positions.trained'),
    hint: t(moved ? 'positions.as.moved' : 'positions.as.learned'),
    table: tableOf('trained', interpolation, seed),
  }))
  return [
    ...(moved ? trained : trained.slice(0, 1)),
    { id: 'off', title: t('positions.off'), hint: t('positions.as.zeros'), table: { type: 'off' } },
    {
      id: 'shuffled',
      title: t('positions.shuffled'),
      hint: t('positions.as.seed', { seed }),
      table: { type: 'shuffled', seed },
    },
    { id: 'sine', title: t('positions.sine'), hint: t('positions.as.unseen'), table: { type: 'sine' } },
  ]
}

function tableOf(type: PositionTable['type'], interpolation: Interpolation, seed: number): PositionTable {
  if (type === 'trained') return { type, interpolation }
  return type === 'shuffled' ? { type, seed } : { type }
}
