/** How each token kind is written and spoken, in the order in which legends and stacks list them. */

import { type Kind, SPECIAL_KINDS } from '../core/tokens.ts'

/** The written form of a special token; content kinds have no fixed one. */
export const KIND_LABELS: Record<Kind, string> = {
  cls: '[CLS]',
  sep: '[SEP]',
  pad: '[PAD]',
  unk: '[UNK]',
  mask: '[MASK]',
  bos: '[BOS]',
  eos: '[EOS]',
  register: '[REG]',
  memory: '[MEM]',
  det: '[DET]',
  image: '[IMG]',
  audio: '[AUDIO]',
  frame: '[FRAME]',
  align: '[ALIGN]',
  switch: '[SWITCH]',
  word: 'word',
  patch: 'patch',
}

/** What a kind is for, in a few words: menus and legends. */
export const KIND_NAMES: Record<Kind, string> = {
  cls: 'gathers the whole input',
  sep: 'ends a segment',
  pad: 'fills up the length',
  unk: 'stands for the unknown',
  mask: 'to be predicted',
  bos: 'begins a sequence',
  eos: 'ends a sequence',
  register: 'scratch space',
  memory: 'carried memory',
  det: 'one object each',
  image: 'stands for a picture',
  audio: 'stands for a sound',
  frame: 'one video frame',
  align: 'ties two modalities',
  switch: 'changes modality',
  word: 'a piece of text',
  patch: 'a piece of picture',
}

export function isSpecial(kind: Kind): boolean {
  return (SPECIAL_KINDS as readonly Kind[]).includes(kind)
}
