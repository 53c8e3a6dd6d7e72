import { describe } from 'vitest'
import { attentionTests } from '../reference/testing/attention.ts'
import { attentionPoolTests } from '../reference/testing/attention_pool.ts'
import { conv2dTests } from '../reference/testing/conv2d.ts'
import { embedPatchesTests } from '../reference/testing/embed_patches.ts'
import { embedTokensTests } from '../reference/testing/embed_tokens.ts'
import { gatedTests } from '../reference/testing/gated.ts'
import { gatherRowsTests } from '../reference/testing/gather_rows.ts'
import { keepTests } from '../reference/testing/keep.ts'
import { layerNormTests } from '../reference/testing/layer_norm.ts'
import { linearTests } from '../reference/testing/linear.ts'
import { maxPool2dTests } from '../reference/testing/max_pool2d.ts'
import { poolTests } from '../reference/testing/pool.ts'
import { rmsNormTests } from '../reference/testing/rms_norm.ts'
import { rotaryTests } from '../reference/testing/rotary.ts'
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
  max_pool2d: maxPool2dTests,
  pool: poolTests,
  conv2d: conv2dTests,
  gated: gatedTests,
  keep: keepTests,
  rms_norm: rmsNormTests,
  rotary: rotaryTests,
}

describe.each(Object.entries(KERNELS))('%s in WASM', (_, tests) => tests(withSubject(createWasmBackend)))
