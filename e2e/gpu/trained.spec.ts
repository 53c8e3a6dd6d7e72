/** What the models that come with the page have learnt. */

import { expect, test } from '../test.ts'

for (const [sentence, answer] of [
  ['The movie was excellent', 'yes'],
  ['the film was a dull mess', 'no'],
] as const) {
  test(`“${sentence}” reads ${answer === 'yes' ? 'positive' : 'negative'}`, async ({ text }) => {
    await text.open()
    await text.show(sentence)
    const sentiment = text.readouts.getByTestId('sentiment')
    await expect(sentiment).toHaveAttribute('data-answer', answer)
    await expect(sentiment.locator('.binary-answer')).toContainText(answer === 'yes' ? 'positive' : 'negative')
  })
}

for (const [second, answer] of [
  ['The store was closed.', 'yes'],
  ['A frog is an animal that lives in the pond.', 'no'],
] as const) {
  test(`“${second}” ${answer === 'yes' ? 'follows' : 'does not follow'} a walk to the store`, async ({ text }) => {
    await text.open()
    await text.show('I went to the store to buy some milk.', second)
    await expect(text.readouts.getByTestId('nsp')).toHaveAttribute('data-answer', answer)
  })
}

/** One of these is among the five words shown. */
const MASKED: [before: string, masked: string, after: string, sensible: string[]][] = [
  [
    'the capital of',
    'france',
    'is paris .',
    ['france', 'europe', 'italy', 'germany', 'england', 'russia', 'spain', 'belgium', 'ireland', 'turkey'],
  ],
  [
    'he went to the',
    'hospital',
    '.',
    ['hospital', 'bed', 'bus', 'store', 'house', 'town', 'school', 'garden', 'car', 'kitchen', 'beach', 'train'],
  ],
  ['she was born', 'in', '1970 .', ['in', 'on', 'about', 'around', 'at']],
  [
    'the movie was very',
    'good',
    '.',
    ['good', 'funny', 'popular', 'successful', 'well', 'bad', 'great', 'nice', 'interesting'],
  ],
]

for (const [before, masked, after, sensible] of MASKED) {
  test(`“${before} [MASK] ${after}” gets a sensible word`, async ({ text }) => {
    await text.open()
    await text.show(`${before} ${masked} ${after}`)
    await text.select(masked)
    await text.rerun(() => text.act('Put [MASK]'))
    const [words] = await text.predictions()
    expect(words?.map(({ word }) => word).filter((word) => sensible.includes(word))).not.toEqual([])
  })
}

test('a cat is seen as a cat, with and without registers', async ({ vision }) => {
  await vision.open()
  await vision.chooseSample('dog.jpg')
  await vision.chooseSample('cat.jpg')
  for (const model of ['ViT, no registers', 'ViT, 4 registers']) {
    await vision.chooseModel(model)
    const [classifier] = await vision.probabilities()
    expect(classifier?.bars[0]?.label).toBe('cat')
  }
})

test('most samples are recognised', async ({ vision }) => {
  await vision.open()
  const samples = await vision.page.evaluate(async () => (await fetch('samples/samples.json')).json())
  const labelled = (samples as { file: string; label: string | null }[]).filter(({ label }) => label)
  let right = 0
  for (const { file, label } of labelled) {
    await vision.setState({ sample: file })
    const [classifier] = await vision.probabilities()
    if (classifier?.bars[0]?.label === label) right++
  }
  expect(right / labelled.length).toBeGreaterThan(0.8)
})
