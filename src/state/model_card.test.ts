/** Every card says what its README says: a number in a line stands in a quoted passage, and the passage in the README. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { EMBEDDED_MODELS } from './embedded_models.ts'
import { CARD_LINES, type CardFile } from './model_card.ts'

const read = (model: string, file: string) =>
  readFileSync(new URL(`../../public/models/${model}/${file}`, import.meta.url), 'utf8')

/** As values, whatever the language writes: 10,000 and 10 000, 85.5 and 85,5. */
const numbersIn = (text: string) =>
  (text.match(/\d+(?:[., \u00a0\u202f]\d+)*/g) ?? []).map((found) =>
    found.replace(/(?<!^0)[, \u00a0\u202f](?=\d{3}(?!\d))/g, '').replace(',', '.'),
  )

describe.each(EMBEDDED_MODELS.map(({ id }) => id))('the card of %s', (id) => {
  const card = JSON.parse(read(id, 'card.json')) as CardFile
  const readme = read(id, 'README.md')

  test('quotes its README', () => {
    for (const passage of card.readme) expect(readme).toContain(passage)
  })

  test.each(['en', 'ru'] as const)('has its lines in %s, without a number of its own', (language) => {
    const known = new Set(numbersIn(card.readme.join('\n')))
    const lines = card[language]
    for (const line of CARD_LINES) {
      expect(lines[line].length, line).toBeGreaterThan(20)
      // Names of data sets and of a size every line may use are no measurements.
      for (const number of numbersIn(lines[line].replace(/CIFAR-10|SST-2|EmojiOne 2/g, '')))
        expect(known, `${line}: ${number}`).toContain(number)
    }
  })

  test('says where its attention was taught', () => {
    const taught = /attention is partly\s+taught/.test(readme)
    expect(card.en.map !== undefined).toBe(taught)
    expect(card.ru.map !== undefined).toBe(taught)
  })
})
