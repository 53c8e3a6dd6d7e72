import { useMemo } from 'react'
import type { ModelInfo } from '../../engine/protocol.ts'
import { useOneScreen } from '../../views/hooks/useOneScreen.ts'
import { Atlas } from '../../views/maps/Atlas.tsx'
import { AttentionMap } from '../../views/maps/AttentionMap.tsx'
import { headName } from '../../views/maps/types.ts'
import { Panel } from '../../views/shell/Panel.tsx'
import { shareBound } from '../../viz/bounds.ts'
import { headMap } from '../../viz/matrix.ts'
import { MapExport } from '../shared/MapExport.tsx'
import { useLab } from '../shared/useLab.ts'
import { help } from './help/help.ts'
import { madeBy } from './provenance.ts'
import { mapsOf, sidesOf } from './sides.ts'
import { headOf, type Seq2SeqLab } from './state/lab.ts'
import type { Lit } from './state/lit.ts'
import { mayRead, type Seq2SeqRun } from './state/run.ts'
import type { Stage } from './state/stages.ts'
import { t } from './words/words.ts'

/** Where the page scrolls, a map has a height of its own. */
const SCROLLING_HEIGHT = 480

export interface StagePanelProps {
  lab: Seq2SeqLab
  run: Seq2SeqRun
  stage: Stage
  info: ModelInfo
  lit: Lit
  /** The value at the end of the colours of all three. */
  bound: number
}

/** One of the three places of attention: the chosen head's map, and every head as a thumbnail. */
export function StagePanel({ lab, run, stage, info, lit, bound }: StagePanelProps) {
  const { look } = useLab(lab.store)
  const oneScreen = useOneScreen()
  const choice = headOf(look, stage)
  const maps = useMemo(() => mapsOf(run, stage), [run, stage])
  const { rows, columns } = useMemo(() => sidesOf(run, stage), [run, stage])
  const readableIn = useMemo(() => mayRead(run, stage), [run, stage])
  const readable = useMemo(
    () => (query: number, key: number) => readableIn(choice.layer, query, key, choice.head),
    [readableIn, choice.layer, choice.head],
  )
  const map = maps[choice.layer]
  const name = `${t(`stage.${stage}`)}, ${headName(choice)}`
  const heads = stage === 'encoder' ? info.heads : (info.decoder?.heads ?? 0)
  const { selection } = look
  const sourceKey = (row: number | null) => (row === null ? [] : [run.source[row]?.key ?? -1])
  const writtenKey = (row: number | null) => {
    const token = row === null ? null : (run.rows[row]?.writes ?? run.rows[row]?.reads)
    return token ? [token.key] : []
  }
  /** What a row and a column of this stage select. */
  const picks = {
    encoder: {
      query: (row: number | null) => lab.select('source', sourceKey(row)),
      key: (column: number | null) => lab.select('source', sourceKey(column)),
    },
    cross: {
      query: (row: number | null) => lab.select('target', writtenKey(row)),
      key: (column: number | null) => {
        const { target } = lab.store.getState().look.selection
        if (run.doc.states.type !== 'other') lab.select('source', sourceKey(column), target)
      },
    },
    decoder: {
      query: (row: number | null) => lab.select('target', writtenKey(row)),
      key: (column: number | null) =>
        lab.select('target', column === null ? [] : [run.rows[column]?.reads.key ?? -1], selection.source),
    },
  }[stage]
  const marks = {
    encoder: { query: lit.source, key: lit.source },
    cross: { query: lit.row, key: lit.read },
    decoder: { query: lit.row, key: lit.column },
  }[stage]
  const painting = look.tool === 'masks'
  const onPaint = (query: number, key: number, open: boolean) => {
    const [q, k] = paintedKeys(run, stage, query, key)
    if (q !== undefined && k !== undefined) lab.paint(stage, [{ layer: 'all', query: q, key: k, readable: open }])
  }
  return (
    <Panel
      help={help(`stage.${stage}`)}
      title={t(`stage.${stage}`)}
      lead={t('stage.lead', { head: headName(choice), reads: t(`stage.${stage}.lead`) })}
      testId={stage === 'cross' ? 'map-panel' : `${stage}-panel`}
    >
      {map ? (
        <AttentionMap
          matrix={headMap(map, rows.length, choice.head, columns.length)}
          tokens={rows}
          keys={stage === 'encoder' ? undefined : columns}
          name={name}
          bound={bound}
          legend={stage === 'cross'}
          fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
          query={marks.query}
          keyIndex={marks.key}
          onQuery={picks.query}
          onKey={picks.key}
          readable={readable}
          onPaint={painting ? onPaint : undefined}
          maxHeight={oneScreen ? 'fill' : SCROLLING_HEIGHT}
          actions={
            <MapExport
              title={name}
              matrix={headMap(map, rows.length, choice.head, columns.length)}
              tokens={rows}
              keys={stage === 'encoder' ? undefined : columns}
              bound={bound}
              readable={readable}
              selected={marks.query}
              made={madeBy(lab, run)}
            />
          }
        />
      ) : (
        <p className="hint">{t('stage.not-read')}</p>
      )}
      <Atlas
        bare
        label={t('stage.heads', { stage: t(`stage.${stage}`) })}
        maps={maps}
        heads={heads}
        tokens={rows.length}
        keys={columns.length}
        selected={choice}
        onSelect={(head) => lab.look(stage === 'encoder' ? head : { [stage]: head })}
        bound={bound}
      />
    </Panel>
  )
}

/** A cell's tokens by their keys. */
function paintedKeys(run: Seq2SeqRun, stage: Stage, query: number, key: number): (number | undefined)[] {
  const row = run.rows[query]?.reads.key
  if (stage === 'encoder') return [run.source[query]?.key, run.source[key]?.key]
  return [row, stage === 'cross' ? run.read[key]?.key : run.rows[key]?.reads.key]
}

/** The end of the colours of every map on screen. */
export function boundOf(run: Seq2SeqRun, fit: boolean): number {
  if (!fit) return shareBound(false)
  const maps = [run.result.attentions, run.result.decoder?.attentions ?? [], run.result.decoder?.crossAttentions ?? []]
  return shareBound(true, ...maps.flat().flatMap((map) => (map ? [map.data] : [])))
}
