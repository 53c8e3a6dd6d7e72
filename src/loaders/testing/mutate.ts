/** JSON files as damage, carelessness and malice leave them: seeded mutations of a good one. For tests. */

type Random = () => number
type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T

const NUMBERS = [0, -1, 1, 2, 3, 0.5, -0.5, 1e-320, 1e308, -1e308, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2, 1e21, 16_385]
const STRINGS = [
  '',
  ' ',
  '\0',
  'null',
  '__proto__',
  'constructor',
  'toString',
  '../../x',
  '\ud800',
  '🦄',
  '▁',
  '##',
  '[UNK]',
  'x'.repeat(20_000),
  '1e309',
]
/** The first dozen would keep a backtracking matcher busy for ever. */
export const REGEXES = [
  '(a+)+$',
  '(a|a)*b',
  '(a|ab|b)*c',
  '(.*)*x',
  '(?:a?){60}a{60}',
  'a*a*a*a*b',
  '(.|\\s)*!',
  '((a{1,30}){1,30}){1,30}$',
  '(?=(a+)+b)a',
  '(\\w+\\s?)*$',
  '(x+x+)+y',
  '(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b',
  '(a)\\1',
  '[a',
  '(',
  ')',
  '*',
  'a{2,1}',
  '\\',
  '(?<n>a)',
  '(?R)',
  '[[:alpha:]&&[^a]]',
  '\\p{Nope}',
  '\\p{L}+|\\s',
  '(?i:A)',
  '^',
  '$',
  '(?!)',
  '',
  '\\u{110000}',
  'a{99999999999}',
  '[z-a]',
  '\\x{41}',
  '(?>a+)b',
  'a++b',
  '('.repeat(300),
]

function deep(depth: number, list: boolean): Json {
  let value: Json = 0
  for (let i = 0; i < depth; i++)
    value = list ? [value] : { type: 'Sequence', [depth % 2 ? 'normalizers' : 'pretokenizers']: [value] }
  return value
}

/** Every place of a tree that can be changed: the object or list, and the key. */
function places(value: Json, found: [Record<string, Json>, string][] = []): [Record<string, Json>, string][] {
  if (typeof value !== 'object' || value === null || found.length > 400) return found
  for (const key of Object.keys(value)) {
    found.push([value as Record<string, Json>, key])
    places((value as Record<string, Json>)[key] as Json, found)
  }
  return found
}

function anyValue(random: Random, before: Json): Json {
  switch (Math.floor(random() * 11)) {
    case 0:
      return null
    case 1:
      return pick(random, NUMBERS)
    case 2:
      return pick(random, STRINGS)
    case 3:
      return random() < 0.5
    case 4:
      return []
    case 5:
      return {}
    case 6:
      return deep(pick(random, [3, 41, 900]), random() < 0.5)
    case 7:
      return [before, before]
    case 8:
      return { String: String(before) }
    case 9:
      return typeof before === 'number' ? before * pick(random, [-1, 2, 0.5, 1e3, 1e9]) : String(before)
    default:
      return Array.from({ length: typeof before === 'object' ? 3 : pick(random, [1, 40, 2000]) }, () => before)
  }
}

function changeTree(random: Random, root: Json): void {
  const all = places(root)
  if (all.length === 0) return
  // Settings matter more than the hundreds of words of a vocabulary.
  const [parent, key] =
    random() < 0.7
      ? (pick(
          random,
          all.filter(([, name]) => /\D/.test(name) && name.length > 3),
        ) ?? pick(random, all))
      : pick(random, all)
  const before = parent[key] as Json
  const choice = random()
  if (choice < 0.2) delete parent[key]
  else if (choice < 0.3) parent[pick(random, STRINGS)] = before
  else if (choice < 0.35)
    Object.defineProperty(parent, '__proto__', { value: before, enumerable: true, configurable: true, writable: true })
  else if (choice < 0.5 && 'Regex' in parent) parent.Regex = pick(random, REGEXES)
  else if (choice < 0.5) parent[key] = pick(random, [{ Regex: pick(random, REGEXES) }, pick(random, STRINGS)])
  else parent[key] = anyValue(random, before)
}

/** Numbers that JSON.parse reads as infinite, and words that it does not read. */
const ODD_TEXTS = [
  `${'['.repeat(9000)}${']'.repeat(9000)}`,
  '1e999',
  '-1e999',
  'NaN',
  'Infinity',
  'undefined',
  '01',
  '0x10',
  "'a'",
  '\u2028',
  '//',
  '"\\u0000"',
  '"\\ud800"',
  '{}}',
  '[,]',
]

function changeText(random: Random, text: string): string {
  const at = Math.floor(random() * text.length)
  switch (Math.floor(random() * 6)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + pick(random, ODD_TEXTS) + text.slice(at + Math.floor(random() * 4))
    case 2:
      return text.replace(/-?\d+(?:\.\d+)?/, pick(random, ODD_TEXTS))
    case 3: {
      // An entry twice.
      const entry = [...text.matchAll(/"[^"\\]*":(?:"[^"\\]*"|[\d.]+|true|false|null)/g)].map(([found]) => found)
      return entry.length > 0 ? text.replace('{', `{${pick(random, entry)},`) : text
    }
    case 4:
      return pick(random, [
        '',
        ' ',
        'null',
        '[]',
        '0',
        '"x"',
        '{}',
        '<!doctype html>',
        '['.repeat(20_000),
        '{"a":'.repeat(20_000),
      ])
    default:
      return text + pick(random, [text, '\0', ',', '}'])
  }
}

function changeBytes(random: Random, text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text)
  switch (Math.floor(random() * 4)) {
    case 0:
      return new Uint8Array([0xef, 0xbb, 0xbf, ...bytes])
    case 1: {
      const wide = Uint16Array.from(`\ufeff${text}`, (char) => char.charCodeAt(0))
      return new Uint8Array(wide.buffer)
    }
    case 2:
      for (let i = 0; i < 5; i++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
      return bytes
    default:
      return Uint8Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256))
  }
}

/** A changed copy of a JSON file, as bytes. */
export function mutateJson(random: Random, good: unknown): ArrayBuffer {
  const tree = structuredClone(good) as Json
  const kind = random()
  if (kind < 0.8) for (let n = 1 + Math.floor(random() * 3); n > 0; n--) changeTree(random, tree)
  const text = JSON.stringify(tree)
  if (kind >= 0.9) return changeBytes(random, text).buffer
  return new TextEncoder().encode(kind >= 0.8 ? changeText(random, text) : text).buffer
}
