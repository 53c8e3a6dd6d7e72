/** Every key of the page in tables: the handlers ask them what was pressed, and the sheet of keys lists them. */

export interface KeyBinding {
  id: string
  /** As KeyboardEvent.key gives them, letters small. */
  keys: readonly string[]
  /** Ctrl, or Cmd on a Mac. */
  ctrl?: true
  alt?: true
  /** Absent: with or without. */
  shift?: boolean
}

export type KeyTable<Id extends string> = readonly (KeyBinding & { id: Id })[]

type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** What a table says to a key, or null. The first line that fits wins. */
export function keyPressed<Id extends string>(table: KeyTable<Id>, event: PressedKey): Id | null {
  const pressed = nameOf(event)
  const ctrl = event.ctrlKey || event.metaKey
  const found = table.find(
    (binding) =>
      binding.keys.includes(pressed) &&
      ctrl === (binding.ctrl ?? false) &&
      event.altKey === (binding.alt ?? false) &&
      (binding.shift ?? event.shiftKey) === event.shiftKey,
  )
  return found?.id ?? null
}

/** A letter by its place where the layout writes another alphabet: M is M on a Russian keyboard, too. */
function nameOf({ key, code }: PressedKey): string {
  if (key.length !== 1) return key
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  return (letter && !/[a-z]/i.test(key) ? letter : key).toLowerCase()
}

const SIGNS: Record<string, string> = {
  Control: 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Insert: 'Ins',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
}

/** The signs of a press as Playwright writes it, `Alt+ArrowLeft`. */
export function signsOfPress(press: string): string[] {
  return press.split('+').map((key) => SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}

/** The signs on the keys of a line, one list for each key that does it: [["Alt", "←"]]. The space bar is ' '. */
export function signsOf({ keys, ctrl, alt, shift }: KeyBinding): string[][] {
  const held = [ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift'].filter((sign) => typeof sign === 'string')
  return keys.map((key) => [...held, SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key)])
}

/** "Alt ←": the first key of a line, for menus. */
export function shortcutOf<Id extends string>(table: KeyTable<Id>, id: Id): string | undefined {
  const binding = table.find((line) => line.id === id)
  return binding && signsOf(binding)[0]?.join(' ')
}

export const PAGE_KEYS = [
  { id: 'undo', keys: ['z'], ctrl: true, shift: false },
  { id: 'redo', keys: ['z'], ctrl: true, shift: true },
  { id: 'palette', keys: ['k'], ctrl: true, shift: false },
  { id: 'keys', keys: ['?'] },
] as const satisfies KeyTable<string>

/** While presenting: those of a keyboard, and what clickers send. */
export const PRESENT_KEYS = [
  { id: 'back', keys: [' '], shift: true },
  { id: 'next', keys: ['PageDown', 'ArrowRight', ' '] },
  { id: 'back', keys: ['PageUp', 'ArrowLeft'] },
  { id: 'blank', keys: ['b', '.'], shift: false },
  { id: 'spot', keys: ['l'] },
  { id: 'timer', keys: ['t'] },
  { id: 'full', keys: ['f'] },
  { id: 'leave', keys: ['Escape'] },
] as const satisfies KeyTable<string>

export const STRIP_KEYS = [
  { id: 'move-left', keys: ['ArrowLeft'], alt: true },
  { id: 'move-right', keys: ['ArrowRight'], alt: true },
  { id: 'all', keys: ['a'], ctrl: true },
  { id: 'extend-left', keys: ['ArrowLeft'], shift: true },
  { id: 'extend-right', keys: ['ArrowRight'], shift: true },
  { id: 'left', keys: ['ArrowLeft'] },
  { id: 'right', keys: ['ArrowRight'] },
  { id: 'up', keys: ['ArrowUp'] },
  { id: 'down', keys: ['ArrowDown'] },
  { id: 'first', keys: ['Home'] },
  { id: 'last', keys: ['End'] },
  { id: 'open', keys: ['Enter'] },
  { id: 'extend', keys: [' '], shift: true },
  { id: 'toggle', keys: [' '] },
  { id: 'insert', keys: ['Insert', '+'] },
  { id: 'remove', keys: ['Delete', 'Backspace'] },
  { id: 'mask', keys: ['m'] },
  { id: 'hide', keys: ['h'] },
  { id: 'none', keys: ['Escape'] },
] as const satisfies KeyTable<string>

const ARROWS = [
  { id: 'up', keys: ['ArrowUp'] },
  { id: 'down', keys: ['ArrowDown'] },
  { id: 'left', keys: ['ArrowLeft'] },
  { id: 'right', keys: ['ArrowRight'] },
] as const satisfies KeyTable<string>

export const MAP_KEYS = [
  ...ARROWS,
  { id: 'start', keys: ['Home'] },
  { id: 'end', keys: ['End'] },
  { id: 'first', keys: ['Home'], ctrl: true },
  { id: 'last', keys: ['End'], ctrl: true },
  { id: 'ten-up', keys: ['PageUp'] },
  { id: 'ten-down', keys: ['PageDown'] },
  { id: 'column', keys: ['Enter'], shift: true },
  { id: 'row', keys: ['Enter'] },
  { id: 'toggle', keys: [' '] },
  { id: 'closer', keys: ['+'] },
  { id: 'further', keys: ['-'] },
] as const satisfies KeyTable<string>

export const ATLAS_KEYS = [
  { id: 'left', keys: ['ArrowLeft'] },
  { id: 'right', keys: ['ArrowRight'] },
  { id: 'up', keys: ['ArrowUp'] },
  { id: 'down', keys: ['ArrowDown'] },
  { id: 'first', keys: ['Home'] },
  { id: 'last', keys: ['End'] },
  { id: 'layer', keys: ['x'], shift: true },
  { id: 'head', keys: ['x'] },
] as const satisfies KeyTable<string>

export const CANDIDATE_KEYS = [
  { id: 'up', keys: ['ArrowUp'] },
  { id: 'down', keys: ['ArrowDown'] },
  { id: 'accept', keys: ['ArrowRight', 'Enter'] },
  { id: 'back', keys: ['ArrowLeft'] },
  { id: 'redraw', keys: ['r'] },
] as const satisfies KeyTable<string>

export const TOOL_KEYS = [
  { id: 'previous', keys: ['ArrowLeft'] },
  { id: 'next', keys: ['ArrowRight'] },
  { id: 'first', keys: ['Home'] },
  { id: 'last', keys: ['End'] },
] as const satisfies KeyTable<string>

/** On what lies over the page: React Aria hears it there, `useEscapeFromOutside` before the focus is there. */
export const OVERLAY_KEYS = [{ id: 'close', keys: ['Escape'] }] as const satisfies KeyTable<string>

export const DRAWER_KEYS = [{ id: 'close', keys: ['Escape'] }] as const satisfies KeyTable<string>

/** On the board where a mask is painted, before those of a map. */
export const BOARD_KEYS = [
  { id: 'paint', keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], shift: true },
  { id: 'cancel', keys: ['Escape'] },
] as const satisfies KeyTable<string>

export const PHOTO_KEYS = [
  ...ARROWS,
  { id: 'start', keys: ['Home'] },
  { id: 'end', keys: ['End'] },
  { id: 'choose', keys: ['Enter', ' '] },
  { id: 'none', keys: ['Escape'] },
] as const satisfies KeyTable<string>

/** While the editor of lessons asks for a part of the page. */
export const PICK_KEYS = [
  { id: 'choose', keys: ['Enter'] },
  { id: 'cancel', keys: ['Escape'] },
] as const satisfies KeyTable<string>

export const CROP_KEYS = [
  ...ARROWS,
  { id: 'closer', keys: ['+', '='] },
  { id: 'further', keys: ['-'] },
] as const satisfies KeyTable<string>

/** With Shift a stroke is drawn on the way. */
export const BRUSH_KEYS = [
  { id: 'stroke', keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], shift: true },
  ...ARROWS,
  { id: 'dab', keys: [' ', 'Enter'] },
] as const satisfies KeyTable<string>

export const PIECE_KEYS = [
  ...ARROWS,
  { id: 'larger', keys: ['+', '='] },
  { id: 'smaller', keys: ['-'] },
] as const satisfies KeyTable<string>

export const TREE_KEYS = [
  { id: 'child', keys: ['ArrowRight'] },
  { id: 'parent', keys: ['ArrowLeft'] },
  { id: 'up', keys: ['ArrowUp'] },
  { id: 'down', keys: ['ArrowDown'] },
  { id: 'first', keys: ['Home'] },
  { id: 'last', keys: ['End'] },
  { id: 'open', keys: ['Enter', ' '] },
] as const satisfies KeyTable<string>

/** On a row of buttons: queries, tasks. */
export const ROW_KEYS = [...TOOL_KEYS]

/** While a token is dragged. */
export const DRAG_KEYS = [{ id: 'cancel', keys: ['Escape'] }] as const satisfies KeyTable<string>
