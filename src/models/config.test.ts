import { describe, expect, it } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import type { Weights } from '../core/model.ts'
import { createCpuBackend } from '../reference/backend.ts'
import { bertConfig } from './bert.ts'
import { activationOf, labelsOf, parseConfig, scoring } from './config.ts'
import { createModel } from './testing/create_model.ts'
import { vitConfig } from './vit.ts'

/** What createModel says of a config.json: it reads the config before the first weight. */
async function modelRefusal(config: unknown): Promise<ClsroomError> {
  const noWeights: Weights = new Map()
  const refused = await createModel(config, noWeights, createCpuBackend()).catch((error: unknown) => error)
  if (refused instanceof ClsroomError) return refused
  throw refused instanceof Error ? refused : new Error('accepted')
}

describe('config.json', () => {
  it("fills in transformers' defaults", () => {
    expect(parseConfig(bertConfig, { model_type: 'bert' })).toEqual({
      model_type: 'bert',
      vocab_size: 30522,
      hidden_size: 768,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      intermediate_size: 3072,
      hidden_act: 'gelu',
      max_position_embeddings: 512,
      type_vocab_size: 2,
      layer_norm_eps: 1e-12,
      num_labels: 2,
      tie_word_embeddings: true,
      clsroom: { num_register_tokens: 0, heads: {} },
    })
    expect(parseConfig(vitConfig, { model_type: 'vit' })).toMatchObject({
      image_size: [224, 224],
      patch_size: 16,
      num_channels: 3,
      layer_norm_eps: 1e-12,
    })
  })

  it.each([
    ['gelu_python', 'gelu'],
    ['gelu_fast', 'gelu_tanh'],
    ['gelu_accurate', 'gelu_tanh'],
    ['gelu_python_tanh', 'gelu_tanh'],
  ] as const)('knows %s as another name', (name, activation) => {
    const { hidden_act } = parseConfig(bertConfig, { model_type: 'bert', hidden_act: name })
    expect(activationOf(hidden_act)).toBe(activation)
  })

  it.each<[object, string[], unknown]>([
    [{}, ['LABEL_0', 'LABEL_1'], undefined],
    [{ num_labels: 3 }, ['LABEL_0', 'LABEL_1', 'LABEL_2'], undefined],
    [{ id2label: { 1: 7, 0: 'no' } }, ['no', '7'], undefined],
    [{ num_labels: 1 }, ['LABEL_0'], 'sigmoid'],
    [{ problem_type: 'multi_label_classification' }, ['LABEL_0', 'LABEL_1'], 'sigmoid'],
    [{ problem_type: 'single_label_classification' }, ['LABEL_0', 'LABEL_1'], undefined],
    [{ problem_type: 'regression', num_labels: 1 }, ['LABEL_0'], 'none'],
  ])('%j has these classes and scores', (change, labels, activations) => {
    const config = parseConfig(bertConfig, { model_type: 'bert', ...change })
    expect(labelsOf(config)).toEqual(labels)
    expect(scoring(config)).toBe(activations)
  })

  it('keeps the extras of CLSroom and drops what it does not know', () => {
    const clsroom = { num_register_tokens: 4, heads: { sentiment: { pooling: 'mean', labels: ['bad', 'good'] } } }
    expect(
      parseConfig(vitConfig, { model_type: 'vit', image_size: [32, 48], patch_size: [8, 8], clsroom }),
    ).toMatchObject({
      clsroom,
      image_size: [32, 48],
      patch_size: 8,
    })
    expect(parseConfig(bertConfig, { model_type: 'bert', torch_dtype: 'float32' })).not.toHaveProperty('torch_dtype')
  })

  it.each<[string, object, RegExp]>([
    ['a word as width', { hidden_size: 'big' }, /hidden_size = "big"/],
    ['a negative width', { hidden_size: -4 }, /hidden_size = -4/],
    ['a fraction of layers', { num_hidden_layers: 1.5 }, /num_hidden_layers = 1.5/],
    ['an absurd vocabulary', { vocab_size: 1e12 }, /vocab_size = 1000000000000/],
    ['heads that do not divide the width', { hidden_size: 10, num_attention_heads: 3 }, /a multiple of num_attention/],
    ['an unknown pooling', { clsroom: { heads: { x: { pooling: 'max', labels: ['a'] } } } }, /clsroom.heads.x.pooling/],
  ])('names the path and value of %s', async (_, change, message) => {
    const error = await modelRefusal({ model_type: 'bert', ...change })
    expect(error.code).toBe('config')
    expect(error.message).toMatch(message)
  })

  it.each<[object, RegExp]>([
    [{ model_type: 'mamba' }, /found "mamba"; expected albert, .*, bert, .*, vit/],
    [{ model_type: 'bert', position_embedding_type: 'relative_key' }, /expected absolute/],
    [{ model_type: 'bert', hidden_act: 'relu2' }, /relu2/],
    [{ model_type: 'bert', is_decoder: true }, /is_decoder/],
    [{ model_type: 'gpt2', activation_function: 'swiglu2' }, /activation_function/],
    [{ model_type: 'gpt2', add_cross_attention: true }, /add_cross_attention/],
    [{ model_type: 'llama', hidden_act: 'relu2' }, /hidden_act/],
  ])('calls %j unsupported', async (config, message) => {
    const error = await modelRefusal(config)
    expect(error.code).toBe('unsupported')
    expect(error.message).toMatch(message)
  })

  it.each<[object, RegExp]>([
    [{ model_type: 'gpt2', n_embd: 10, n_head: 3 }, /n_embd = 10.*multiple of n_head/],
    [{ model_type: 'llama', num_attention_heads: 6, num_key_value_heads: 4 }, /num_key_value_heads = 4.*a divisor/],
    [{ model_type: 'llama', head_dim: 7 }, /head_dim = 7.*even width/],
    [{ model_type: 'llama', partial_rotary_factor: 0.5 }, /partial_rotary_factor = 0.5/],
    [{ model_type: 't5', feed_forward_proj: 'gated-swish2' }, /feed_forward_proj/],
    [{ model_type: 't5', decoder_start_token_id: 40_000 }, /decoder_start_token_id = 40000.*of the vocabulary/],
    [{ model_type: 't5', eos_token_id: 'end' }, /eos_token_id = "end"/],
  ])('names what is wrong in %j', async (config, message) => {
    const error = await modelRefusal(config)
    expect(error.code).toBe('config')
    expect(error.message).toMatch(message)
  })

  it.each(['yarn', 'dynamic', 'longrope'])('refuses positions of kind %s, in either spelling', async (kind) => {
    for (const given of [{ rope_scaling: { type: kind } }, { rope_parameters: { rope_type: kind } }]) {
      const error = await modelRefusal({ model_type: 'llama', ...given })
      expect(error).toMatchObject({ code: 'unsupported', found: `rope_type ${kind}` })
    }
  })

  it.each([null, [], 'bert', 7, {}])('refuses %j', async (raw) => {
    expect((await modelRefusal(raw)).code).toBe('config')
  })

  it.each([[{ image_size: 8, patch_size: 16 }], [{ patch_size: [16, 8] }], [{ image_size: [224] }]])(
    'refuses the picture geometry %j',
    async (change) => {
      expect((await modelRefusal({ model_type: 'vit', ...change })).code).toBe('config')
    },
  )
})
