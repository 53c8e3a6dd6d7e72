/** Models of others on a real adapter: what is refused leaves nothing there, what is not finite is said, large tables fit. */

import { type Change, checkpoint, chooseFolder, chooseModel, type Tensor } from '../checkpoints.ts'
import { expect, test } from '../test.ts'

test('a model that is refused leaves nothing: not in the picker, not on the GPU', async ({ page, text }, info) => {
  // Only the reader finds that it does not compile, when the model is on the GPU already.
  const noPattern = {
    pre_tokenizer: { type: 'Split', pattern: { Regex: '(' }, behavior: 'Isolated', invert: false },
    model: { type: 'WordPiece', unk_token: '[UNK]', vocab: { '[UNK]': 0 } },
  }
  const noUnknown = { model: { type: 'WordPiece', unk_token: '[UNK]', vocab: { a: 0 } } }
  const cases: [name: string, change: Change, says: string][] = [
    ['no-pattern', { files: { 'tokenizer.json': JSON.stringify(noPattern) } }, 'does not compile'],
    ['no-unknown', { files: { 'tokenizer.json': JSON.stringify(noUnknown) } }, 'no unknown token'],
    ['no-tokenizer', { files: { 'tokenizer.json': null, 'tokenizer_config.json': null } }, 'tokenizer.json'],
    ['nan', { weights: (all) => new Map([...all].map(([name, one]) => [name, withNaN(name, one)])) }, 'not a number'],
    ['mamba', { config: (config) => ({ ...config, model_type: 'mamba' }) }, 'distilbert, electra'],
  ]
  await text.open()
  const gpuBytes = () => page.evaluate(() => window.clsroom.stats().gpuBytes)
  const models = () => page.evaluate(() => window.clsroom.models())
  const before = [await gpuBytes(), await models(), await text.state()]
  for (const [name, change, says] of cases) {
    await test.step(name, async () => {
      await chooseFolder(page, checkpoint(info.outputPath(name), 'clsroom-bert', change))
      await expect(page.getByTestId('load-model').getByTestId('banner')).toContainText(says)
      await page.getByTestId('load-model').getByRole('button', { name: 'Close' }).click()
      await expect.poll(async () => [await gpuBytes(), await models(), await text.state()]).toEqual(before)
      await expect(page.getByTestId('model').getByRole('radio')).toHaveCount(1)
    })
  }
})

function withNaN(name: string, { shape, data }: Tensor): Tensor {
  return { shape, data: name === 'heads.sentiment.bias' ? data.map(() => Number.NaN) : data }
}

for (const backend of ['auto', 'wasm', 'cpu']) {
  test(`a run that is not finite has no answer, with backend=${backend}`, async ({ text }, info) => {
    const layer = 'bert.encoder.layer.1.output.LayerNorm.weight'
    const weights: Change['weights'] = (all) => {
      const { shape, data } = all.get(layer) as Tensor
      return new Map([...all, [layer, { shape, data: data.map(() => 3e38) }]])
    }
    await text.open({ query: `?backend=${backend}` })
    await chooseFolder(text.page, checkpoint(info.outputPath('huge-norm'), 'clsroom-bert', { weights }))
    await expect(text.banner).toContainText('not finite', { timeout: 60_000 })
    await expect(text.banner).toContainText('hidden states after layer 2')
    await expect(text.readouts).toHaveCount(0)
  })
}

test('a vocabulary beyond the usual limit of a buffer runs', async ({ text }, info) => {
  test.slow()
  const V = 175_000
  const grown = ({ shape: [from = 1, ...rest], data }: Tensor): Tensor => {
    const row = data.length / from
    return {
      shape: [V, ...rest],
      data: Float32Array.from({ length: V * row }, (_, i) => data[i % data.length] as number),
    }
  }
  const large = ['bert.embeddings.word_embeddings.weight', 'cls.predictions.bias']
  await text.open()
  const folder = checkpoint(info.outputPath('huge-vocabulary'), 'clsroom-bert', {
    config: (config) => ({ ...config, vocab_size: V }),
    weights: (all) => new Map([...all].map(([name, one]) => [name, large.includes(name) ? grown(one) : one])),
  })
  await text.rerun(() => chooseModel(text.page, folder))
  await expect(text.banner).toHaveCount(0)
  await text.expectMapDrawn()
})
