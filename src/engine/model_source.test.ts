import { expect, test } from 'vitest'
import { modelSource } from './model_source.ts'

const BASE = 'http://localhost/app/'

test('a reference is an embedded id, a hub id, an address, or files', () => {
  expect(modelSource('clsroom-bert', BASE)).toEqual({
    id: 'clsroom-bert',
    name: 'clsroom-bert',
    kind: 'embedded',
    source: { type: 'embedded', url: 'http://localhost/app/models/clsroom-bert/' },
  })
  expect(modelSource('google/vit-base', BASE)).toMatchObject({ id: 'google/vit-base', name: 'vit-base', kind: 'hub' })
  expect(modelSource('https://a.org/models/b/', BASE)).toMatchObject({
    id: 'https://a.org/models/b/',
    name: 'b',
    kind: 'url',
  })
  expect(modelSource('../b/', BASE)).toMatchObject({ id: 'http://localhost/b/', kind: 'url' })
})

test('files are named by the folder they came in', () => {
  expect(modelSource({ 'my-bert/config.json': '', 'my-bert/model.safetensors': '' }, BASE).name).toBe('my-bert')
  expect(modelSource({ 'hub/my-bert/config.json': '' }, BASE).name).toBe('my-bert')
  expect(modelSource({ 'config.json': '' }, BASE).name).toBe('your files')
  expect(modelSource({}, BASE).name).toBe('your files')
})

test.each(['', 'not a model', 'a/b/c', 'http://a.org/no-stroke'])('“%s” is refused', (reference) => {
  expect(() => modelSource(reference, BASE)).toThrow(/not a model reference/)
})

test('the id of files is good only while they are loaded', () => {
  expect(() => modelSource('files-3', BASE)).toThrow(/loaded from files/)
})
