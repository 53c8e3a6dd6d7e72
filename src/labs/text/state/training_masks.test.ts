import { describe, expect, test } from 'vitest'
import type { Piece } from '../../../core/tokens.ts'
import { isContent } from '../../../sequence/token.ts'
import { createDoc } from './doc.ts'
import type { MaskingPlan } from './masking_plan.ts'
import { maskAsInTraining, withoutTargets } from './training_masks.ts'

const LABELS = ['[CLS]', '[SEP]', '[MASK]', '[UNK]', 'the', 'cat', 'sat', '##s', 'mat']
const special = (id: number) => ({ id, label: LABELS[id] as string })
const tokenizer = {
  specials: { cls: special(0), sep: special(1), mask: special(2), unk: special(3) },
  labels: LABELS,
}
/** Words at white space; an s at the end of one is a piece of its own. */
function pieces(text: string): Piece[] {
  return Array.from(text.matchAll(/\b\w+?(?=s?\b)|s\b/g), ({ 0: part, index }) => {
    const label = part === 's' ? '##s' : part
    return { id: LABELS.indexOf(label), label, text: part, start: index, end: index + part.length }
  })
}
const TEXT = Array.from({ length: 20 }, () => 'the cats sat the mats').join(' ')
const doc = createDoc({ id: 'm', maxTokens: 512, tokenizer }, [TEXT], [pieces(TEXT)])
const plan = (change: Partial<MaskingPlan>): MaskingPlan => ({
  unit: 'pieces',
  ratio: 0.15,
  seed: 1,
  rule: '80/10/10',
  ...change,
})
const targets = (change: Partial<MaskingPlan>, tagged?: Parameters<typeof maskAsInTraining>[3]) =>
  maskAsInTraining(doc, tokenizer, plan(change), tagged).tokens.filter(({ original }) => original)
const total = doc.sequence.tokens.filter(isContent).length

describe('mask as in training', () => {
  test('15 % of the tokens, each remembering what stood there, whatever is seen', () => {
    const drawn = targets({})
    expect(drawn).toHaveLength(Math.round(0.15 * total))
    expect(targets({})).toEqual(drawn)
    expect(targets({ seed: 2 }).map(({ key }) => key)).not.toEqual(drawn.map(({ key }) => key))
  })

  test('with the plain rule every target is a [MASK]', () => {
    expect(new Set(targets({ rule: 'mask' }).map(({ kind }) => kind))).toEqual(new Set(['mask']))
  })

  test('whole words: an ##s goes with its word', () => {
    const keys = new Set(targets({ unit: 'words', ratio: 0.4 }).map(({ key }) => key))
    for (const [place, { key, label }] of doc.sequence.tokens.entries()) {
      if (label === '##s') expect(keys.has(key)).toBe(keys.has(doc.sequence.tokens[place - 1]?.key as number))
    }
  })

  test('a part of speech: only its words', () => {
    const nouns = Array.from(TEXT.matchAll(/cats|mats/g), ({ 0: word, index }) => {
      return { part: 'noun' as const, start: index, end: index + word.length }
    })
    const drawn = targets({ unit: 'noun', ratio: 1, rule: 'mask' }, [nouns])
    expect(drawn).toHaveLength(80)
    expect(new Set(drawn.map(({ original }) => original?.label))).toEqual(new Set(['cat', 'mat', '##s']))
    expect(targets({ unit: 'verb', ratio: 1 }, [nouns])).toEqual([])
  })

  test('drawing again starts from the text, and taking the targets away gives it back', () => {
    const once = maskAsInTraining(doc, tokenizer, plan({}))
    const again = maskAsInTraining({ ...doc, sequence: once }, tokenizer, plan({ seed: 5 }))
    expect(again).toEqual(maskAsInTraining(doc, tokenizer, plan({ seed: 5 })))
    expect(withoutTargets(again)).toEqual(doc.sequence)
  })

  test('no text, nothing to draw', () => {
    const empty = createDoc({ id: 'm', maxTokens: 512, tokenizer }, [''], [[]])
    expect(maskAsInTraining(empty, tokenizer, plan({}))).toEqual(empty.sequence)
  })
})
