// Word, position and segment embeddings, summed: out[b, t] = word + positionTable[position] + segmentTable[segment].
// An id from V on is a row of `extra`: a token the vocabulary does not have.
//
// ids, positions, segments [B·T]; words [V, D]; position_table [M, D]; segment_table [S, D]; extra [E, D] → out [B·T, D]
// D counts chunks. Grid: one invocation a chunk of the output.
// Source: BertEmbeddings of transformers (before LayerNorm). Twin: src/reference/embed_tokens.ts

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, grid) * WORKGROUP + lane;
  let token = i / params.D;
  let d = i % params.D;
  if (token >= params.tokens) {
    return;
  }
  let id = ids[token];
  var word: Chunk;
  if (id < params.V) {
    word = words[id * params.D + d];
  } else {
    word = extra[(id - params.V) * params.D + d];
  }
  out[i] = word + position_table[positions[token] * params.D + d] + segment_table[segments[token] * params.D + d];
}
