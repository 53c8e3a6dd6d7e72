import { expect, it } from 'vitest'
import { readableLabels, spellingOf, textOf } from './readable_labels.ts'

const readable = (labels: string[], specials: number[] = []) => readableLabels(labels, new Set(specials))

it('byte-level vocabularies show text, a space at the start as a sign, and parts of a character as hex', () => {
  const labels = ['<|endoftext|>', 'Ġcat', 'cafÃ©', 'Ċ', 'ðŁ', 'Ĵ', '!', 'Ġ', 'ĠĠĠ', 'ä¸', 'Â']
  expect(readable(labels, [0])).toEqual([
    '<|endoftext|>',
    '␣cat',
    'café',
    '\\n',
    'F0 9F',
    '92',
    '!',
    '␣',
    '␣  ',
    'E4 B8',
    'C2',
  ])
  expect(textOf(['Ġcaf', 'Ã', '©'], 'bytes')).toBe(' café')
})

it('SentencePiece vocabularies show spaces and byte tokens alike', () => {
  expect(readable(['<s>', '▁the', 'x', '<0xE2>', '<0x0A>'], [0])).toEqual(['<s>', '␣the', 'x', 'E2', '\\n'])
  expect(textOf(['▁a', '<0xC3>', '<0xA9>'], 'metaspace')).toBe(' aé')
})

it('what is spelled as it reads stays', () => {
  expect(readable(['[CLS]', 'the', '##ing'])).toBeUndefined()
  expect(spellingOf([])).toBeUndefined()
})
