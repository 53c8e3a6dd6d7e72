import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as tables from './tables.ts'
import { ATLAS_KEYS, keyPressed, MAP_KEYS, PAGE_KEYS, STRIP_KEYS, shortcutOf, signsOf } from './tables.ts'

const TABLES = Object.entries<unknown>(tables).flatMap(([name, one]) =>
  Array.isArray(one) ? [[name, one as tables.KeyTable<string>] as const] : [],
)

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

test('modifiers part lines of one key', () => {
  expect(keyPressed(STRIP_KEYS, press('ArrowLeft'))).toBe('left')
  expect(keyPressed(STRIP_KEYS, press('ArrowLeft', { shiftKey: true }))).toBe('extend-left')
  expect(keyPressed(STRIP_KEYS, press('ArrowLeft', { altKey: true }))).toBe('move-left')
  expect(keyPressed(STRIP_KEYS, press('ArrowLeft', { ctrlKey: true }))).toBeNull()
  expect(keyPressed(ATLAS_KEYS, press('x'))).toBe('head')
  expect(keyPressed(ATLAS_KEYS, press('X', { shiftKey: true }))).toBe('layer')
  expect(keyPressed(MAP_KEYS, press('Home', { metaKey: true }))).toBe('first')
  expect(keyPressed(PAGE_KEYS, press('Z', { ctrlKey: true, shiftKey: true }))).toBe('redo')
})

test('signs need no thought of Shift, and letters are found on any alphabet', () => {
  expect(keyPressed(PAGE_KEYS, press('?', { shiftKey: true }))).toBe('keys')
  expect(keyPressed(STRIP_KEYS, press('+', { shiftKey: true }))).toBe('insert')
  expect(keyPressed(STRIP_KEYS, press('ь', { code: 'KeyM' }))).toBe('mask')
  expect(keyPressed(STRIP_KEYS, press('m', { code: 'Semicolon' }))).toBe('mask')
})

test('no line is out of reach behind another', () => {
  for (const table of TABLES.map(([, one]) => one)) {
    for (const binding of table) {
      const { keys, ctrl, alt, shift } = { ctrl: false, alt: false, shift: false, ...binding }
      for (const key of keys) {
        expect(keyPressed(table, press(key, { ctrlKey: ctrl, altKey: alt, shiftKey: shift }))).toBe(binding.id)
      }
    }
  }
})

test('a line names its keys', () => {
  expect(shortcutOf(STRIP_KEYS, 'move-left')).toBe('Alt ←')
  expect(shortcutOf(STRIP_KEYS, 'mask')).toBe('M')
  expect(STRIP_KEYS.filter(({ id }) => id === 'insert').flatMap(signsOf)).toEqual([['Ins'], ['+']])
})

const SOURCES = ['src/views', 'src/labs', 'src/app']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/gallery\//.test(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))

test.each(TABLES)('%s is listed on the sheet of keys and asked by who handles it', (name) => {
  expect(readFileSync('src/views/keys/KeySheet.tsx', 'utf8')).toContain(`table={${name}}`)
  expect(SOURCES.filter(({ text }) => text.includes(`keyPressed(${name},`))).not.toEqual([])
})

/** The direction of a key that a table has named; Enter in a text box, as in every form; and a recorder, to which every key is one. */
const BESIDE: Readonly<Record<string, number>> = {
  'src/views/board/CellBoard.tsx': 1,
  'src/views/photo/PaintFrame.tsx': 1,
  'src/views/hooks/useKeyRecorder.ts': 2,
  'src/labs/text/SeparatorEditor.tsx': 1,
}

test('no handler looks at a key beside the tables', () => {
  const found = SOURCES.filter(({ file }) => file !== 'src/views/keys/tables.ts')
    .map(({ file, text }) => [file, text.match(/\bevent\.(?:key|code)\b/g)?.length ?? 0] as const)
    .filter(([, times]) => times > 0)
  expect(Object.fromEntries(found)).toEqual(BESIDE)
})
