import { expect, test } from 'vitest'
import { type Dropped, droppedFiles, isModel, modelFiles } from './model_drop.ts'

type Tree = { [name: string]: Tree | null }

/** null is a file. */
function dropped(tree: Tree): Dropped[] {
  return Object.entries(tree).map(([name, content]) =>
    content === null
      ? { kind: 'file', name, getFile: async () => new File([name], name) }
      : {
          kind: 'directory',
          name,
          async *getEntries() {
            yield* dropped(content)
          },
        },
  )
}

test('a dropped folder gives the files that a loader asks for, by path', async () => {
  const files = await droppedFiles(
    dropped({
      'my-bert': {
        'config.json': null,
        'tokenizer.json': null,
        'vocab.txt': null,
        'README.md': null,
        'model-00001-of-00002.safetensors': null,
        'model.safetensors.index.json': null,
        'pytorch_model.bin': null,
        '.git': { HEAD: null },
      },
    }),
  )
  expect(Object.keys(files)).toEqual([
    'my-bert/config.json',
    'my-bert/tokenizer.json',
    'my-bert/vocab.txt',
    'my-bert/README.md',
    'my-bert/model-00001-of-00002.safetensors',
    'my-bert/model.safetensors.index.json',
  ])
  expect(await files['my-bert/config.json']?.text()).toBe('config.json')
})

test('chosen files keep the path of their folder', () => {
  const file = new File([''], 'config.json')
  Object.defineProperty(file, 'webkitRelativePath', { value: 'vit/config.json' })
  expect(Object.keys(modelFiles([file, new File([''], 'model.safetensors'), new File([''], 'cat.jpg')]))).toEqual([
    'vit/config.json',
    'model.safetensors',
  ])
})

test('folders and a model’s own files are models; photos and texts are not', () => {
  expect(isModel(dropped({ bert: {} }))).toBe(true)
  expect(isModel(dropped({ 'config.json': null, 'model.safetensors': null }))).toBe(true)
  expect(isModel(dropped({ 'cat.jpg': null }))).toBe(false)
  expect(isModel(dropped({ 'notes.txt': null, 'data.json': null, 'README.md': null }))).toBe(false)
  expect(isModel([])).toBe(false)
})

test('a folder that is no model’s is not looked through to the end', async () => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`${i}.txt`, null]))
  await expect(droppedFiles(dropped({ home: many }))).rejects.toThrow(/more than a model/)
})
