import { afterEach, expect, it } from 'vitest'
import { defineWords, language, speak, speakNewRooms } from './words.ts'

afterEach(() => speak('en'))

function later<Value>() {
  let resolve: (value: Value) => void = () => {}
  const promise = new Promise<Value>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

it('shows the last choice, whichever words arrive last', async () => {
  const slow = later<{ default: { hello: string } }>()
  const t = defineWords('race', { hello: 'hello' }, { ru: () => slow.promise })
  const russian = speak('ru')
  await speak('en')
  slow.resolve({ default: { hello: 'привет' } })
  await russian
  expect([language(), t('hello')]).toEqual(['en', 'hello'])
})

it('lets a room that came late speak the language that is chosen by then', async () => {
  await speak('ru')
  const slow = later<{ default: { hello: string } }>()
  const t = defineWords('late', { hello: 'hello' }, { ru: () => slow.promise })
  const arrived = speakNewRooms()
  const english = speak('en')
  slow.resolve({ default: { hello: 'привет' } })
  await Promise.all([arrived, english])
  expect([language(), t('hello')]).toEqual(['en', 'hello'])
})
