import { expect, it } from 'vitest'
import { createProgress } from './progress.ts'

function storage() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

it('joins what two tabs have done', () => {
  const disk = storage()
  const [one, other] = [createProgress(disk), createProgress(disk)]
  one.pass('sep-sink', 1)
  other.pass('registers', 0)
  one.pass('sep-sink', 0)
  expect(createProgress(disk).store.getState().done).toEqual({ 'sep-sink': [1, 0], registers: [0] })
})

it('follows another tab where it is told what that one has kept, and forgets with it', () => {
  const disk = storage()
  const [one, other] = [createProgress(disk), createProgress(disk)]
  one.pass('sep-sink', 1)
  other.catchUp('clsroom.theme')
  expect(other.store.getState().done).toEqual({})
  other.catchUp('clsroom.lessons')
  expect(other.store.getState().done).toEqual({ 'sep-sink': [1] })
  one.reset()
  other.catchUp('clsroom.lessons')
  expect(other.store.getState().done).toEqual({})
})

it('goes on where the browser keeps nothing', () => {
  const full = {
    ...storage(),
    setItem: () => {
      throw new Error('full')
    },
  }
  const progress = createProgress(full)
  progress.pass('sep-sink', 0)
  progress.pass('sep-sink', 1)
  expect(progress.store.getState().done).toEqual({ 'sep-sink': [0, 1] })
})
