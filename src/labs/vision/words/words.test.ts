import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { speak } from '../../../words/words.ts'
import titles from '../../shared/samples/titles_ru.ts'
import { en } from './en.ts'
import ru from './ru.ts'
import { t } from './words.ts'

const SAMPLES: { file: string }[] = JSON.parse(readFileSync('public/samples/samples.json', 'utf8'))
const KEYS = Object.keys(en) as (keyof typeof en)[]

/** The parameters of a message. */
function namesIn(message: string): string[] {
  return [...new Set(Array.from(message.matchAll(/\{(\w+)[,}]/g), ([, name]) => name as string))].sort()
}

describe('the words of the vision lab', () => {
  afterAll(() => speak('en'))

  it('say every sample photo', () => {
    expect(Object.keys(titles).sort()).toEqual(SAMPLES.map(({ file }) => file).sort())
  })

  it('are written as they are read: an apostrophe quotes nothing', async () => {
    for (const [language, messages] of [['en', en] as const, ['ru', ru] as const]) {
      await speak(language)
      const values = Object.fromEntries(KEYS.flatMap((key) => namesIn(messages[key])).map((name) => [name, 'x']))
      for (const key of KEYS.filter((one) => !messages[one].includes('plural')))
        expect(t(key, values)).toBe(messages[key].replace(/\{\w+\}/g, 'x'))
    }
  })

  it.each(['en', 'ru'] as const)('leave no sign of a message in the page: %s', async (language) => {
    await speak(language)
    for (const key of KEYS) {
      for (const count of [0, 1, 2, 5, 21]) {
        const said = t(key, Object.fromEntries(namesIn(en[key]).map((name) => [name, count])))
        expect(said, key).not.toMatch(/[{}#]|plural|undefined|NaN|^vision\./)
        expect(said, key).not.toBe('')
      }
    }
  })

  it('count', async () => {
    const counted = [1, 3, 5, 21].map((count) => t('paint.strokes', { count }))
    expect(counted).toEqual(['1 мазок', '3 мазка', '5 мазков', '21 мазок'])
    await speak('en')
    expect([0, 1, 2].map((count) => t('paint.strokes', { count }))).toEqual(['0 strokes', '1 stroke', '2 strokes'])
    const outliers = (patches: string[]) => t('norms.outliers', { count: patches.length, patches: patches.join('; ') })
    expect([[], ['1,2'], ['1,2', '3,4']].map(outliers)).toEqual([
      'No patch stands out.',
      'Patch 1,2 stands out.',
      '2 patches stand out: 1,2; 3,4.',
    ])
    expect(t('paint.erase.hint')).toBe("Paints the photo's mean colour, so that nothing is left to see there.")
  })
})
