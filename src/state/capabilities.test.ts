import { describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { LoadedModel, ModelInfo } from '../engine/protocol.ts'
import { type Capability, capabilitiesOf, loadFor } from './capabilities.ts'
import type { Engine, EngineState } from './engine.ts'

const generates = { endTokens: [1] }
const decoder = { layers: 2, heads: 2, startToken: 0 }

describe('what a model can do', () => {
  it.each<[string, Partial<ModelInfo>, Capability[]]>([
    ['BERT', { predictsTokens: true }, ['reads text', 'predicts tokens']],
    ['an encoder that classifies', { predictsTokens: false }, ['reads text']],
    ['ViT', { modality: 'image' }, ['sees pictures']],
    [
      'a ViT with a class token for each task',
      {
        modality: 'image',
        image: { size: [8, 8], patch: 4, channels: 3, classTokens: 2, registers: 0, classNames: ['a', 'b'] },
      },
      ['answers tasks'],
    ],
    ['GPT-2', { causal: true, generates }, ['continues text']],
    ['GPT-2 that classifies', { causal: true }, []],
    ['T5', { decoder, generates }, ['rewrites text']],
  ])('%s', (_, info, can) => expect(capabilitiesOf({ modality: 'text', ...info })).toEqual(can))
})

describe('the model of a link', () => {
  const gpt2 = { id: 'gpt2', info: { modelType: 'gpt2', modality: 'text', causal: true, generates } } as LoadedModel

  function engineWith(models: Record<string, LoadedModel>) {
    const store = createStore(() => ({ models }) as EngineState)
    return { store, load: async () => gpt2, unload: vi.fn(async () => {}) }
  }

  it('is refused, and nothing of it stays', async () => {
    const engine = engineWith({})
    const loading = loadFor(engine as unknown as Engine, ['reads text'], 'gpt2')
    await expect(loading).rejects.toMatchObject({ code: 'unsupported', found: 'gpt2, a causal decoder' })
    expect(engine.unload).toHaveBeenCalledWith('gpt2')
  })

  it('stays where it was there before', async () => {
    const engine = engineWith({ gpt2 })
    await expect(loadFor(engine as unknown as Engine, ['reads text'], 'gpt2')).rejects.toThrow('no use for the model')
    expect(engine.unload).not.toHaveBeenCalled()
    expect(await loadFor(engine as unknown as Engine, ['continues text'], 'gpt2')).toBe(gpt2)
  })
})
