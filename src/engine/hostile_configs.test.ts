import { expect, it } from 'vitest'
import { expectOnlyRefusals, folder } from './testing/load_hostile.ts'

const preprocessor = {
  do_resize: true,
  size: { height: 12, width: 20 },
  resample: 2,
  do_center_crop: false,
  crop_size: { height: 12, width: 20 },
  do_rescale: true,
  rescale_factor: 0.00392156862745098,
  do_normalize: true,
  image_mean: [0.485, 0.456, 0.406],
  image_std: [0.229, 0.224, 0.225],
}
const odd = folder('vit-odd-grid', { 'preprocessor_config.json': JSON.stringify(preprocessor) })

// With the tokenizers' 7,000 in hostile_tokenizers.test.ts, 22,000 mutations.
it.each([
  ['config.json of a BERT', folder('bert-tanh'), 'config.json', 3500],
  ['config.json of a ViT', folder('vit-registers'), 'config.json', 3500],
  ['config.json of a Llama', folder('llama-scaled'), 'config.json', 1000],
  ['config.json of a T5', folder('t5-gated'), 'config.json', 1000],
  ['preprocessor_config.json', odd, 'preprocessor_config.json', 6000],
])(
  '%s, mutated: refused in plain words, or run',
  async (_, good, name, count) => {
    const refused = await expectOnlyRefusals(good, name, count, 9)
    expect(refused).toBeGreaterThan(count / 4)
    expect(refused).toBeLessThan(count)
  },
  120_000,
)

/** One of each other architecture. */
const OTHERS = [
  'albert-pretraining',
  'audio-spectrogram-transformer',
  'clip',
  'deit-teacher',
  'detr',
  'dinov2-registers',
  'distilbert-mlm',
  'electra-mlm',
  'gpt2-lm',
  'llama-lm',
  'modernbert-mlm',
  'roberta-mlm',
  't5-relu',
  'vit-mae',
  'yolos',
]

it.each(OTHERS)(
  'config.json of %s, mutated',
  async (name) => {
    const refused = await expectOnlyRefusals(folder(name), 'config.json', 300, 11)
    expect(refused).toBeGreaterThan(30)
  },
  120_000,
)
