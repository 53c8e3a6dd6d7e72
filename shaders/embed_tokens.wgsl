// Word, position and segment embeddings, summed: out[b, t] = word + positionTable[position] + segmentTable[segment].
// An id from V on is a row of `extra`: a token the vocabulary does not have.
//
// ids, positions, segments [B·T]; words [V, width], the columns from `first` on of [V, D]; position_table [M, D];
// segment_table [S, D]; extra [E, D] → the same columns of out [B·T, D]. D, width and first count chunks.
// Grid: one invocation a chunk of what is written.
// Source: BertEmbeddings of transformers (before LayerNorm). Twin: src/reference/embed_tokens.ts

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, grid) * WORKGROUP + lane;
  let token = i / params.width;
  let column = i % params.width;
  let d = params.first + column;
  if (token >= params.tokens) {
    return;
  }
  let id = ids[token];
  var word: Chunk;
  if (id < params.V) {
    word = words_at(id * params.width + column);
  } else {
    word = extra[(id - params.V) * params.D + d];
  }
  let position = position_table[positions[token] * params.D + d];
  out[token * params.D + d] = word + position + segment_table[segments[token] * params.D + d];
}
