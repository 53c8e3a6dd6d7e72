import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import { loadErrors, said, saidFound, saidInFull } from './errors.ts'
import russian from './ru/errors.ts'
import { thrownSentences } from './testing/thrown_sentences.ts'
import { speak } from './words.ts'

/** Names, formats and numbers are the same in every language: a sentence has a word of its own. */
const WORD = /(^|[\s"(])[a-z]{2,}(?=$|[\s",;:)])/i
const NAMES = new Set(['IHDR', 'IDAT', 'inputIds', 'pixelValues', 'inputValues', 'inputFeatures'])

describe('the catalogue of errors', () => {
  it('says every sentence that the sources throw', () => {
    const thrown = thrownSentences('src').filter(({ sentence }) => WORD.test(sentence) && !NAMES.has(sentence))
    expect(thrown.length).toBeGreaterThan(150)
    expect(thrown.filter(({ sentence }) => !(sentence in russian))).toEqual([])
  })

  it('keeps every value of a sentence', () => {
    const values = (text: string) => [...new Set(text.match(/\{\d\}/g))].sort()
    for (const [english, own] of Object.entries(russian)) expect(values(own), english).toEqual(values(english))
  })
})

describe('an error in Russian', () => {
  beforeAll(async () => {
    await speak('ru')
    await loadErrors()
  })

  it('is found by its sentence, with or without a full stop', () => {
    expect(said('There is no camera')).toBe('Камеры нет')
    expect(said('There is no camera.')).toBe('Камеры нет.')
  })

  it('keeps its values, and says those that are phrases', () => {
    expect(said('[X] is too large for one GPU buffer')).toBe('[X] не помещается в один буфер GPU')
    expect(said('A caret is out of range')).toBe('Курсор вне допустимых пределов')
    expect(said('The entry of tensor "a.b" of model.safetensors is unreadable')).toBe(
      'Запись не читается: тензор «a.b» из model.safetensors',
    )
  })

  it('says what is wrong with fields, and leaves what was found else as it is', () => {
    expect(
      saidFound('minutes: Invalid input: expected number, received undefined; steps.0.x “b”: “nope” is none of a, b'),
    ).toBe('minutes: нужно число, а здесь пусто; steps.0.x “b”: «nope» — не одно из: a, b')
    expect(saidFound('steps.0.state.link: look.layer: Too small: expected number to be >=0')).toBe(
      'steps.0.state.link: look.layer: слишком мало: число должно быть >=0',
    )
    expect(saidFound('version: 99, and this page knows 1')).toBe('version: 99, а эта страница знает 1')
    expect(saidFound('model: a/b; path: c: d')).toBe('model: a/b; path: c: d')
  })

  it('stays as it is where nobody wrote it', () => {
    expect(said('TypeError: x is undefined')).toBe('TypeError: x is undefined')
  })

  it('is said in full', () => {
    const error = new ClsroomError('image', 'This picture is too large', {
      found: '9 × 9',
      expected: 'at most 4 megapixels',
      advice: 'Save or export it as PNG or JPEG.',
    })
    expect(saidInFull(error.report())).toBe(
      'Эта картинка слишком велика (найдено: 9 × 9; ожидалось: не больше 4 мегапикселей). Сохраните её как PNG или JPEG.',
    )
    const advised = new ClsroomError('image', 'There is no camera', { advice: 'Choose a photo instead' })
    expect(saidInFull(advised.report())).toBe('Камеры нет. Выберите вместо этого фотографию.')
    expect(saidInFull(new ClsroomError('device', 'The GPU device was closed').report())).toBe('Устройство GPU закрыто.')
  })
})

describe('an error in English', () => {
  afterEach(() => speak('en'))

  it('is its own message', async () => {
    await speak('en')
    await loadErrors()
    const error = new ClsroomError('image', 'There is no camera', { advice: 'Choose a photo instead' })
    expect(saidInFull(error.report())).toBe(error.message)
    expect(said('There is no camera')).toBe('There is no camera')
  })
})
