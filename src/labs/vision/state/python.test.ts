import { describe, expect, it } from 'vitest'
import type { LoadedModel } from '../../../engine/protocol.ts'
import { parsePreprocessorConfig } from '../../../loaders/preprocessor.ts'
import { DEFAULT_MASK } from '../../../sequence/mask.ts'
import { silencePatches } from '../../../sequence/patch_masking.ts'
import { fromImage } from '../../../sequence/patches.ts'
import { imageInput } from '../../../sequence/run_input.ts'
import { active } from '../../../sequence/token.ts'
import { visionSnippet } from './python.ts'
import { gridOf, type Photo, sightOf, type VisionDoc, type VisionRun } from './run.ts'

// The numbers that snippets give are compared with the engine's in training/golden/test_snippets.py.

const CHOICE = { layer: 1, head: 'mean' as const }

function snippet(change: Partial<VisionDoc> = {}, photo: Partial<Photo> = {}, side = 4): string {
  const model = {
    id: 'clsroom-vit',
    source: 'embedded',
    info: {
      modelType: 'vit',
      layers: 2,
      heads: 2,
      width: 8,
      labels: { classifier: ['cat', 'dog'] },
      image: { size: [side, side], patch: side / 2, channels: 3, classTokens: 1, registers: 0 },
    },
    preprocessor: parsePreprocessorConfig({ size: { height: side, width: side }, resample: 3 }),
  } as unknown as LoadedModel
  const base = fromImage(gridOf(model), 0)
  const doc: VisionDoc = {
    model: model.id,
    sequence: base,
    base,
    mask: DEFAULT_MASK,
    ablated: [],
    positionTable: { type: 'trained', interpolation: 'bicubic' },
    side: null,
    crop: { x: 0, y: 0, size: 1 },
    strokes: [],
    ...change,
  }
  const picture = { width: 10, height: 8, data: new Uint8ClampedArray(320).fill(255) }
  const shown: Photo = { name: 'cat.jpg', source: 'sample', picture, ...photo }
  const { positions } = imageInput(doc.sequence, { registers: 0, maxPositions: 5 })
  const run = {
    ...sightOf(shown, shown.picture, doc, model),
    model,
    doc,
    grid: gridOf(model),
    tokens: active(doc.sequence),
    positions,
    pooledRow: 0,
  }
  return visionSnippet(run as unknown as VisionRun, CHOICE)
}

describe('visionSnippet', () => {
  it('reads a sample from its file, cropped and resized as the model asks', () => {
    const code = snippet()
    expect(code).toContain('Image.open("public/samples/cat.jpg")')
    expect(code).toContain('image.crop((0, 0, 8, 8))')
    expect(code).toContain('image.resize((4, 4), Image.Resampling.BICUBIC)')
    expect(code).toContain('MODEL = "public/models/clsroom-vit"')
    expect(code).toContain('out.attentions[1][0].mean(0)')
  })

  it('leaves an unedited sequence to transformers', () => {
    expect(snippet()).not.toContain('class Given')
    expect(snippet()).not.toContain('attention_mask')
  })

  it('writes out a sequence that transformers does not have', () => {
    const base = fromImage({ rows: 2, columns: 2 }, 0)
    const code = snippet({ sequence: silencePatches(base, [1], 'removed') })
    expect(code).toContain('sources = torch.tensor([-1, 0, 2, 3])')
    expect(code).toContain('positions = torch.tensor([0, 1, 3, 4])')
  })

  it('passes a mask where a patch may not be read', () => {
    const base = fromImage({ rows: 2, columns: 2 }, 0)
    const code = snippet({ sequence: silencePatches(base, [1], 'masked') })
    expect(code).toContain('attention_mask = torch.tensor([[1, 1, 0, 1, 1]])')
    expect(code).toContain('model(pixels[None], attention_mask=attention_mask,')
  })

  it('carries a small picture that no file has', () => {
    const code = snippet({}, { source: 'own', name: '"); import os' })
    expect(code).toContain('Image.frombytes("RGB", (4, 4), base64.b64decode(')
    expect(code).toContain(`"${btoa('\xff'.repeat(48))}"`)
    expect(code, 'a file name is no code').not.toContain('import os')
  })

  it('reads a photo of one’s own as the page did: 16 bits by the upper 8, and without transparency', () => {
    const code = snippet({}, { source: 'own' }, 128)
    expect(code).toContain('if image.mode == "I;16":')
    expect(code).toContain('image = image.convert("RGB")')
    expect(snippet()).not.toContain('I;16')
  })

  it('says what it cannot repeat', () => {
    const stroke = { tool: 'brush' as const, colour: '#ff0000', size: 0.1, points: [[0.5, 0.5] as const] }
    expect(snippet({ strokes: [stroke as unknown as VisionDoc['strokes'][number]] }, {}, 128)).toContain(
      'painted on in CLSroom, which no code here repeats: the numbers differ',
    )
  })
})
