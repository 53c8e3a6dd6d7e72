/** A picture through resize, normalisation and a shipped model: what transformers answers with Pillow (training/golden/pictures_fixture.py). */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toPixelValues } from '../loaders/image_resize.ts'
import { preprocessorFor } from '../loaders/preprocessor.ts'
import { parseSafetensors } from '../loaders/safetensors.ts'
import { drawn } from '../loaders/testing/drawn_picture.ts'
import { createModel } from '../models/testing/create_model.ts'
import { withSubject } from '../reference/testing/subject.ts'
import { createWasmBackend } from '../wasm/backend.ts'

const WITHIN = 1e-3

interface Answer {
  model: string
  width: number
  height: number
  logits: number[]
}
const { answers }: { answers: Answer[] } = JSON.parse(readFileSync('src/loaders/fixtures/pictures.json', 'utf8'))

describe('the classes of a picture', () => {
  const wasm = withSubject(createWasmBackend)

  it.each(answers)('by $model, $width × $height', async ({ model: name, width, height, logits }) => {
    const file = (path: string) => readFileSync(`public/models/${name}/${path}`)
    const config = JSON.parse(file('config.json').toString())
    const weights = parseSafetensors(new Uint8Array(file('model.safetensors')).buffer)
    const model = await createModel(config, weights, wasm.backend)
    const preprocessor = preprocessorFor(config.image_size, JSON.parse(file('preprocessor_config.json').toString()))
    const { dims, data } = toPixelValues(drawn(width, height, false), preprocessor)
    const patches = (dims[1] / (model.info.image?.patch ?? 1)) * (dims[2] / (model.info.image?.patch ?? 1))
    const tokens = Int32Array.from({ length: 1 + patches }, (_, t) => t)
    const { arrays } = await wasm.backend.session().run((ops) => {
      const out = model.forward(
        ops,
        {
          kind: 'image',
          pixels: data,
          dims,
          sources: tokens.map((t) => t - 1),
          positions: tokens,
          extra: new Float32Array(),
        },
        { captureHeads: [] },
      )
      const classifier = out.logits.classifier ?? Object.values(out.logits)[0]
      return classifier ? [classifier] : []
    })
    const found = arrays[0]?.data as Float32Array
    expect(found.length).toBe(logits.length)
    logits.forEach((logit, k) => {
      expect(Math.abs((found[k] as number) - logit)).toBeLessThan(WITHIN * (1 + Math.abs(logit)))
    })
    wasm.backend.free(model.tensors)
  })
})
