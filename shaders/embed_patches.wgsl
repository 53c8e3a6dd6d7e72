// A picture straight to a sequence, without an unfolded copy of its patches:
//   sources[b, t] = p ≥ 0   kernel · (pixels of patch p) + bias
//   sources[b, t] = −1 − s  row s of specials
//   positions[b, t] ≥ 0     adds that row of position_table
//
// pixels [B, C, Hpx, Wpx]; kernel [D, C, P, P]; bias [D]; specials [S, D]; position_table [M, D]; sources, positions [B·T]
// → out [B·T, D]. Patches are numbered row by row, patch_row to a row.
// Grid: one invocation ROWS tokens × 4 features, registers only; a line with #r stands for one line a token.
// Source: ViTEmbeddings of transformers; Dosovitskiy et al. 2021, eq. 1. Twin: src/reference/embed_patches.ts

/// The pixel at the top left of a token's patch; any pixel for a special, whose product is not used.
fn corner(token: u32) -> u32 {
  let p = u32(max(sources[token], 0));
  let b = token / params.T;
  return (b * params.C * params.Hpx + p / params.patch_row * params.P) * params.Wpx + p % params.patch_row * params.P;
}

fn store(token: u32, d: u32, product: f32) {
  if (d >= params.D) {
    return;
  }
  var value = product + bias[d];
  if (sources[token] < 0) {
    value = specials[u32(-1 - sources[token]) * params.D + d];
  }
  if (positions[token] >= 0) {
    value += position_table[u32(positions[token]) * params.D + d];
  }
  out[token * params.D + d] = value;
}

fn store4(token: u32, d: u32, product: vec4<f32>) {
  if (token >= params.tokens) {
    return;
  }
  store(token, d, product.x);
  store(token, d + 1u, product.y);
  store(token, d + 2u, product.z);
  store(token, d + 3u, product.w);
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, grid) * WORKGROUP + lane;
  let columns = (params.D + 3u) / 4u;
  let d = i % columns * 4u;
  let first = i / columns * ROWS;
  if (first >= params.tokens) {
    return;
  }
  let last = params.tokens - 1u;
  let pixel#r = corner(min(first + #r, last));
  var sum#r = vec4<f32>();

  // Past the last feature the last one is computed again, and not stored.
  let features = min(vec4<u32>(d, d + 1u, d + 2u, d + 3u), vec4<u32>(params.D - 1u)) * (params.C * params.P * params.P);
  var j = 0u;
  for (var c = 0u; c < params.C; c++) {
    for (var y = 0u; y < params.P; y++) {
      let line = (c * params.Hpx + y) * params.Wpx;
      for (var x = 0u; x < params.P; x++) {
        let k = vec4<f32>(kernel[features.x + j], kernel[features.y + j], kernel[features.z + j], kernel[features.w + j]);
        sum#r += pixels[pixel#r + line + x] * k;
        j++;
      }
    }
  }
  store4(first + #r, d, sum#r);
}
