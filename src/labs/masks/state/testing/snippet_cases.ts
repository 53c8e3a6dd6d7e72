/**
 * Masks with the Python that “copy as Python” gives for them, and the bits that the engine's kernel reads, for the test of the snippets
 * (training/golden/test_snippets.py). Node only: scripts/snippet_cases.mjs calls it.
 */

import fc from 'fast-check'
import { setStatus } from '../../../../sequence/edit.ts'
import { paint, readable } from '../../../../sequence/mask.ts'
import { formula } from '../../../../sequence/testing/arbitrary.ts'
import { active } from '../../../../sequence/token.ts'
import { createDoc, type MasksDoc, withNamed, withPaint, withRules } from '../doc.ts'
import { MAX_FORMULA, parse, print } from '../language.ts'
import { NAMED } from '../named.ts'
import { exportedOf, maskPython, PYTHON_FORMS, type PythonForm } from '../python.ts'
import type { RuleText } from '../rules.ts'
import { letters, lettersModel } from './letters.ts'

interface MaskCase {
  name: string
  form: PythonForm
  code: string
  /** By layer, by head, by query: a digit a key. */
  mask: string[][][]
}

const RANDOM = 40

export function maskSnippetCases(): MaskCase[] {
  const model = lettersModel()
  const { layers, heads } = model.info
  const plain = createDoc(
    model,
    ['abcde', 'abcde', 'cd'],
    ['abcde', 'abcde', 'cd'].map((text) => letters(text)),
  )
  const docs: [string, MasksDoc][] = [
    ...NAMED.map((named): [string, MasksDoc] => [named.id, withNamed(model, plain, named)]),
    ...combined().map(([name, rules]): [string, MasksDoc] => [name, withRules(model, plain, rules)]),
    ['painted', painted(withRules(model, plain, [{ text: 'k <= q' }]))],
    ...random().map((text, i): [string, MasksDoc] => [`random ${i}: ${text}`, withRules(model, plain, [{ text }])]),
  ]
  return docs.flatMap(([name, doc]) => {
    const mayRead = readable(doc.sequence, doc.mask, doc.sequence, heads)
    const rows = active(doc.sequence).map((_, row) => row)
    const range = (count: number) => Array.from({ length: count }, (_, i) => i)
    const mask = range(layers).map((layer) =>
      range(heads).map((head) => rows.map((q) => rows.map((k) => Number(mayRead(layer, q, k, head))).join(''))),
    )
    return PYTHON_FORMS.map((form) => ({
      ...{ name: `${name}, ${form}`, form, mask },
      code: maskPython(form, exportedOf(doc, model.info)),
    }))
  })
}

/** Rules of some layers and heads, several at once, none, and names that Python has itself. */
function combined(): [string, readonly RuleText[]][] {
  return [
    ['no rule', []],
    ['layers', [{ text: 'k <= q', layers: [1, 2] }, { text: 'kind(k) != sep' }]],
    ['heads', [{ text: 'abs(q - k) <= w where w = 1', heads: [0, 0] }]],
    [
      'layers and heads',
      [
        { text: 'k <= q', layers: [0, 0], heads: [1, 1] },
        { text: 'doc(q) == doc(k)', layers: [1, 1] },
        { text: 'true', layers: [0, 2] },
      ],
    ],
    ['not, and nothing', [{ text: 'not false and not (1 == 2) and not kind(q) in [cls, sep]' }]],
    [
      'names of Python',
      [{ text: 'q - k < b and k - q < lambda where b = 3, lambda = 2' }, { text: 'b < 9 where b = 1' }],
    ],
    ['smallest and largest', [{ text: 'min(q, k) >= 2 and max(place(q), 3) == 3 or min(2, 3) == q' }]],
  ]
}

/** Cells open and closed, in one layer and in all, and a token that nobody may read. */
function painted(doc: MasksDoc): MasksDoc {
  const [first, second, third, , fifth] = active(doc.sequence).map(({ key }) => key) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const cells = paint(doc.mask, [
    { layer: 'all', query: first, key: third, readable: true },
    { layer: 'all', query: third, key: first, readable: false },
    { layer: 1, query: first, key: third, readable: false },
    { layer: 2, query: second, key: fifth, readable: true },
  ]).paint
  return withPaint({ ...doc, sequence: setStatus(doc.sequence, [second], 'masked') }, cells)
}

/** Formulas by lot; a name has one value in a text. */
function random(): string[] {
  const where = [...['w', 'n', 'b'].entries()].map(([i, name]) => [name, i + 1] as const)
  return fc
    .sample(formula, { numRuns: 4 * RANDOM, seed: 13 })
    .map((one) => print({ formula: one, where }))
    .filter((text) => text.length <= MAX_FORMULA && /[qk]/.test(text.split('where')[0] ?? '') && parse(text))
    .slice(0, RANDOM)
}
