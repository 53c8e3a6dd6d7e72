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

const VIT = 'google/vit-base'

test.each([
  ['https://huggingface.co/google/vit-base', VIT],
  ['https://huggingface.co/google/vit-base/', VIT],
  ['https://huggingface.co/google/vit-base/tree/main', VIT],
  ['https://huggingface.co/google/vit-base/blob/main/config.json', VIT],
  ['https://huggingface.co/google/vit-base/resolve/main/model.safetensors?download=true', VIT],
  ['https://huggingface.co/google/vit-base?library=transformers', VIT],
  ['https://www.huggingface.co/google/vit-base#usage', VIT],
  ['http://hf.co/google/vit-base', VIT],
  ['hf.co/google/vit-base', VIT],
  ['huggingface.co/google/vit-base/discussions/3', VIT],
  ['  "google/vit-base"\n', VIT],
  ['“google/vit-base”,', VIT],
  ['<https://hf.co/google/vit-base>.', VIT],
  ['bert-base-uncased', 'bert-base-uncased'],
  ['https://huggingface.co/bert-base-uncased', 'bert-base-uncased'],
  ['https://huggingface.co/bert-base-uncased/tree/main', 'bert-base-uncased'],
])('“%s” means %s on the hub', (reference, id) => {
  expect(modelSource(reference, BASE)).toEqual({
    id,
    name: id.split('/').at(-1),
    kind: 'hub',
    source: { type: 'hub', id },
  })
})

test.each([
  ['org/name@v1.0', 'org/name', 'v1.0'],
  ['bert-base-uncased@86b5e09', 'bert-base-uncased', '86b5e09'],
  ['https://huggingface.co/org/name/tree/v1.0', 'org/name', 'v1.0'],
  ['https://huggingface.co/org/name/blob/refs%2Fpr%2F4/config.json', 'org/name', 'refs/pr/4'],
])('“%s” is a revision', (reference, id, revision) => {
  expect(modelSource(reference, BASE)).toMatchObject({
    id: `${id}@${revision}`,
    kind: 'hub',
    source: { type: 'hub', id, revision },
  })
})

test.each([
  ['https://huggingface.co/org/name/tree/main/sub/folder', 'https://huggingface.co/org/name/resolve/main/sub/folder/'],
  ['https://huggingface.co/org/name/blob/main/sub/config.json', 'https://huggingface.co/org/name/resolve/main/sub/'],
  ['http://a.org/no-stroke', 'http://a.org/no-stroke/'],
  ['https://a.org/models/b/config.json?x=1', 'https://a.org/models/b/'],
])('“%s” is the folder %s', (reference, url) => {
  expect(modelSource(reference, BASE)).toMatchObject({ id: url, kind: 'url', source: { type: 'url', url } })
})

test.each(['', 'not a model', 'a/b/c', '"', 'hf.co/', 'org/na me'])('“%s” is refused', (reference) => {
  expect(() => modelSource(reference, BASE)).toThrow(/not a model reference/)
})

test('the id of files is good only while they are loaded', () => {
  expect(() => modelSource('files-3', BASE)).toThrow(/loaded from files/)
})
