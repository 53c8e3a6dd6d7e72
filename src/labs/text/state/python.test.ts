import { describe, expect, it } from 'vitest'
import type { LoadedModel } from '../../../engine/protocol.ts'
import { insert, setStatus } from '../../../sequence/edit.ts'
import type { MaskSpec } from '../../../sequence/mask.ts'
import { active, type Sequence } from '../../../sequence/token.ts'
import { createDoc, type TextModel } from './doc.ts'
import { snippetOf } from './python.ts'
import type { TextRun } from './run.ts'

const special = (id: number, label: string) => ({ id, label })
const words: TextModel = {
  id: 'org/model',
  maxTokens: 16,
  tokenizer: {
    specials: { cls: special(0, '[CLS]'), sep: special(1, '[SEP]'), mask: special(2, '[MASK]') },
    labels: [],
  },
}
const info: LoadedModel['info'] = {
  modelType: 'bert',
  modality: 'text',
  layers: 2,
  heads: 4,
  width: 8,
  feedForward: 16,
  maxTokens: 16,
  labels: { nsp: ['is next', 'is not next'] },
  parameters: 0,
}

function snippet(
  label: string,
  mask: MaskSpec | undefined,
  edit: (sequence: Sequence) => Sequence,
  source: LoadedModel['source'] = 'hub',
) {
  const doc = createDoc(words, ['x'], [[{ id: 7, label, text: label, start: 0, end: 1 }]])
  const sequence = edit(doc.sequence)
  const tokens = active(sequence)
  const run: TextRun = {
    doc: { ...doc, sequence, mask: mask ?? doc.mask },
    tokens,
    positions: tokens.map((_, t) => t),
    segments: tokens.map(() => 0),
    clamped: [],
    mlmRows: [],
    pooledRow: 0,
    heads: 2,
    result: {
      logits: {},
      attentions: [],
      hiddenStates: [],
      poolings: {},
      tokens: tokens.length,
      ms: 0,
      dispatches: 0,
      backend: { kind: 'cpu', adapter: '', software: true },
    },
  }
  return snippetOf(run, { id: words.id, source, info }, { layer: 1, head: 'mean' })
}
const same = (sequence: Sequence) => sequence

// What the snippets compute is tested against the engine by training/golden/test_snippets.py; here is what they say.
describe('snippetOf', () => {
  it('names the model as transformers finds it', () => {
    expect(snippet('x', undefined, same)).toContain('MODEL = "org/model"\n')
    expect(snippet('x', undefined, same, 'embedded')).toContain('MODEL = "public/models/org/model"  #')
    expect(snippet('x', undefined, same, 'files')).toContain('MODEL = "path/to/the/model"  #')
    expect(snippet('x', undefined, same)).toContain('attention = out.attentions[1][0].mean(0)')
  })

  it('keeps hostile text inside its literal', () => {
    const code = snippet('"]\nimport os #', undefined, (sequence) =>
      insert(sequence, 1, { kind: 'register', id: null, label: '\r\nevil()', start: { type: 'zeros' } }),
    )
    expect(code).toContain(String.raw`"\"]\nimport os #"`)
    expect(code).toContain(String.raw`# "\r\nevil()"`)
    expect(code.split(/[\r\n]/).filter((line) => /^\s*(import os|evil)/.test(line))).toEqual([])
  })

  it('gives one mask for all queries as a list of keys', () => {
    const code = snippet('x', undefined, (sequence) => setStatus(sequence, [1], 'masked'))
    expect(code).toContain('attention_mask = torch.tensor([[1, 0, 1]])')
  })

  it('says what one mask cannot express', () => {
    const causal: MaskSpec = { rules: [{ type: 'causal', layers: [0] }], inverted: false, paint: [] }
    expect(snippet('x', causal, same)).toMatch(/mask of its own in some layers.*below is that of layer 2/)
    const silent: MaskSpec = {
      rules: [],
      inverted: false,
      paint: [0, 1, 2].map((key) => ({ layer: 'all', query: 1, key, readable: false })),
    }
    expect(snippet('x', silent, same)).toContain('# Row 1 may read nothing')
    const even: MaskSpec = { rules: [{ type: 'causal', layers: [0, 1] }], inverted: false, paint: [] }
    expect(snippet('x', even, same)).not.toContain('mask of its own')
  })
})
