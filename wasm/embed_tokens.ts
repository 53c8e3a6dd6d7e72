// out[token] = (id < V ? words[id] : extra[id − V]) + positionTable[position] + segmentTable[segment]
//
// ids, positions, segments u32 [tokens]; words [V, D]; positionTable [M, D]; segmentTable [S, D]; extra [E, D] → out [tokens, D].
// Source: BertEmbeddings of transformers, before LayerNorm. Twin: src/reference/embed_tokens.ts

export function embedTokens(
  out: u32,
  ids: u32,
  positions: u32,
  segments: u32,
  words: u32,
  positionTable: u32,
  segmentTable: u32,
  extra: u32,
  tokens: i32,
  V: u32,
  D: i32,
): void {
  const width: u32 = D << 2
  for (let token: u32 = 0; token < (tokens as u32) << 2; token += 4, out += width) {
    const id = load<u32>(ids + token)
    const word = id < V ? words + id * width : extra + (id - V) * width
    const position = positionTable + load<u32>(positions + token) * width
    const segment = segmentTable + load<u32>(segments + token) * width
    for (let d: u32 = 0; d < width; d += 4) {
      store<f32>(out + d, load<f32>(word + d) + load<f32>(position + d) + load<f32>(segment + d))
    }
  }
}
