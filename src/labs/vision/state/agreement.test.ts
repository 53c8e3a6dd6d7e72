import { expect, it } from 'vitest'
import { agreementOf, type Judged } from './agreement.ts'

function judged(label: string | null, cls: string, average: string, attention: string): Judged {
  const sample = { file: 'a.jpg', label, title: '', author: '', source: '', license: '', url: '' }
  const answer = (head: string, said: string) => ({ head, label: said, probability: 0.5 })
  return {
    sample,
    truth: label,
    answers: [answer('classifier', cls), answer('average', average), answer('attention', attention)],
  }
}

it('counts agreement of all and in pairs over every photo, and rightness over the labelled ones', () => {
  const result = agreementOf([
    judged('cat', 'cat', 'cat', 'cat'),
    judged('dog', 'cat', 'dog', 'cat'),
    judged(null, 'frog', 'ship', 'ship'),
    judged('ship', 'truck', 'truck', 'truck'),
  ])
  expect(result).toEqual({
    all: 2,
    pairs: [
      { heads: ['classifier', 'average'], agree: 2 },
      { heads: ['classifier', 'attention'], agree: 3 },
      { heads: ['average', 'attention'], agree: 3 },
    ],
    right: [
      { head: 'classifier', right: 1 },
      { head: 'average', right: 2 },
      { head: 'attention', right: 1 },
    ],
    judged: 4,
    labelled: 3,
  })
})

it('is all zeros of nothing', () => {
  expect(agreementOf([])).toEqual({ all: 0, pairs: [], right: [], judged: 0, labelled: 0 })
})
