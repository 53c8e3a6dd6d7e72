import { describe } from 'vitest'
import { attentionTests } from '../reference/testing/attention.ts'
import { attentionPoolTests } from '../reference/testing/attention_pool.ts'
import { embedPatchesTests } from '../reference/testing/embed_patches.ts'
import { embedTokensTests } from '../reference/testing/embed_tokens.ts'
import { gatherRowsTests } from '../reference/testing/gather_rows.ts'
import { layerNormTests } from '../reference/testing/layer_norm.ts'
import { linearTests } from '../reference/testing/linear.ts'
import { poolTests } from '../reference/testing/pool.ts'
import { withSubject } from '../reference/testing/subject.ts'
import { createWasmBackend } from './backend.ts'

const KERNELS = {
  attention: attentionTests,
  attention_pool: attentionPoolTests,
  embed_patches: embedPatchesTests,
  embed_tokens: embedTokensTests,
  gather_rows: gatherRowsTests,
  layer_norm: layerNormTests,
  linear: linearTests,
  pool: poolTests,
}

describe.each(Object.entries(KERNELS))('%s in WASM', (_, tests) => tests(withSubject(createWasmBackend)))
