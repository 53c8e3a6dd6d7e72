/** The tokens along both sides of each stage's maps. */

import type { MapToken } from '../../views/maps/types.ts'
import { mapTokens } from '../shared/tokens.ts'
import type { Seq2SeqRun } from './state/run.ts'
import type { Stage } from './state/stages.ts'

/** A decoder row is named by what it writes, a column by what is read: the shift of one place is in the labels. */
export function sidesOf(run: Seq2SeqRun, stage: Stage): { rows: MapToken[]; columns: MapToken[] } {
  if (stage === 'encoder') {
    const tokens = mapTokens(run.source)
    return { rows: tokens, columns: tokens }
  }
  const rows = run.rows.map(({ reads, writes }): MapToken => {
    const { key, kind, label } = writes ?? reads
    return { key: `row ${key}`, kind, label: `→ ${writes ? label : '?'}`, hidden: reads.hidden }
  })
  return { rows, columns: mapTokens(stage === 'cross' ? run.read : run.rows.map(({ reads }) => reads)) }
}

/** By layer [H, Tq, Tk] of a stage. */
export function mapsOf({ result }: Seq2SeqRun, stage: Stage): (Float32Array | null)[] {
  const { attentions = [], crossAttentions = [] } = result.decoder ?? {}
  const maps = { encoder: result.attentions, decoder: attentions, cross: crossAttentions }[stage]
  return maps.map((map) => map?.data ?? null)
}
