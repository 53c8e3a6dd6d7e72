import { expect, test } from 'vitest'
import { ATLAS_KEYS, keyPressed, MAP_KEYS, PAGE_KEYS, STRIP_KEYS, shortcutOf, signsOf, TOOL_KEYS } from './tables.ts'

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
  for (const table of [PAGE_KEYS, STRIP_KEYS, MAP_KEYS, ATLAS_KEYS, TOOL_KEYS]) {
    for (const binding of table) {
      const { keys, ctrl, alt, shift } = { ctrl: false, alt: false, shift: false, ...binding }
      for (const key of keys) {
        expect(keyPressed<string>(table, press(key, { ctrlKey: ctrl, altKey: alt, shiftKey: shift }))).toBe(binding.id)
      }
    }
  }
})

test('a line names its keys', () => {
  expect(shortcutOf(STRIP_KEYS, 'move-left')).toBe('Alt ←')
  expect(shortcutOf(STRIP_KEYS, 'mask')).toBe('M')
  expect(STRIP_KEYS.filter(({ id }) => id === 'insert').flatMap(signsOf)).toEqual([['Ins'], ['+']])
})
