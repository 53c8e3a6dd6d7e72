import type { Floats } from './floats.ts'

/**
 * Word, position and segment embeddings, summed (BertEmbeddings of transformers, before LayerNorm).
 * out [B, T, D]; ids, positions, segments [B, T]; words [V, D]; positionTable [M, D]; segmentTable [S, D]; extra [E, D]
 */
export function embedTokens<F extends Floats>(
  out: F,
  ids: Uint32Array,
  positions: Uint32Array,
  segments: Uint32Array,
  words: F,
  positionTable: F,
  segmentTable: F,
  extra: F,
  { V, D }: { V: number; D: number },
): void {
  for (let token = 0; token < ids.length; token++) {
    const id = ids[token] as number
    const [table, row] = id < V ? [words, id] : [extra, id - V]
    const position = (positions[token] as number) * D
    const segment = (segments[token] as number) * D
    for (let d = 0; d < D; d++) {
      out[token * D + d] =
        (table[row * D + d] as number) + (positionTable[position + d] as number) + (segmentTable[segment + d] as number)
    }
  }
}
