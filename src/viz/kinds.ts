/** How each token kind is written and spoken, in the order in which legends and stacks list them. */

import { type Kind, SPECIAL_KINDS } from '../core/tokens.ts'
import { t } from './words/words.ts'

/** The written form of a special token; content kinds have no fixed one. */
export const KIND_LABELS: Record<Kind, string> = {
  cls: '[CLS]',
  sep: '[SEP]',
  pad: '[PAD]',
  unk: '[UNK]',
  mask: '[MASK]',
  bos: '[BOS]',
  eos: '[EOS]',
  eosent: '[EOSENT]',
  distill: '[DIST]',
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
  asset: 'asset',
}

/** What a kind is for, in a few words: menus and legends. */
export function kindPurpose(kind: Kind): string {
  return t(`kind.${kind}`)
}

export function isSpecial(kind: Kind): boolean {
  return (SPECIAL_KINDS as readonly Kind[]).includes(kind)
}
