/** What the studio opens on, and what else its menu offers. */

import type { EncodedTokens } from '../../sequence/serialise_schema.ts'
import type { Example } from '../definition.ts'
import type { MasksLink } from './state/link.ts'
import { type NamedId, namedMask } from './state/named.ts'
import { t } from './words/words.ts'

type Id =
  | 'window'
  | 'packed'
  | 'reach'
  | 'bottleneck'
  | 'flamingo'
  | 'sinks'
  | 'layers'
  | 'heads'
  | 'extension'
  | 'tree'
  | 'tiles'
  | 'silent'

const BERT = 'clsroom-bert'
const GPT2 = 'clsroom-gpt2'

/** @param id also the key of its words */
function example(id: Id, link: Omit<MasksLink, 'lab'>): Example<MasksLink> {
  return { id, title: () => t(`example.${id}`), look: () => t(`example.${id}.look`), link: { lab: 'masks', ...link } }
}

const named = (id: NamedId) => [{ text: namedMask(id)?.rule ?? '' }]
const looking = (rest: Partial<NonNullable<MasksLink['look']>> = {}) => ({ layer: 0, head: 'mean' as const, ...rest })
const untrained = (kind: 'memory' | 'cls' | 'image', label: string) => ({
  ...{ kind, id: null, label },
  start: { type: 'normal' as const, seed: 1, std: 0.02 },
})
const MEM = untrained('memory', '[MEMORY]')
const IMG = untrained('image', '[IMAGE]')

const FILM = 'the film was [MASK] , and we liked it'
/** Pieces of `FILM` with [CLS] and [SEP]. */
const REVIEW = 'the movie was excellent and the music was good'
/** [CLS], nine words, [SEP]. */
const REVIEW_TOKENS = 11
const TALE = 'once upon a time there was a little girl . she had a red ball .'

/** Tokens put behind the first one of the strip. */
function behindFirst(strip: EncodedTokens['strip'], tokens: number): EncodedTokens {
  return { strip: [[0, 1], ...(strip ?? []), [1, tokens - 1]] }
}

export const EXAMPLES: readonly Example<MasksLink>[] = [
  example('window', { model: BERT, texts: [REVIEW], rules: named('window'), look: looking() }),
  example('packed', {
    model: BERT,
    texts: [REVIEW, 'the food was terrible'],
    rules: named('packed'),
    look: looking({ tool: 'reach', after: 4, selected: [12] }),
  }),
  example('reach', {
    model: BERT,
    texts: [REVIEW],
    rules: [{ text: 'abs(q - k) <= w where w = 1' }],
    look: looking({ tool: 'reach', after: 2, selected: [4] }),
  }),
  example('bottleneck', {
    model: BERT,
    texts: [REVIEW],
    tokens: behindFirst([[MEM, 3]], REVIEW_TOKENS),
    rules: named('memBottleneck'),
    look: looking({ tool: 'kinds' }),
  }),
  example('flamingo', {
    model: BERT,
    texts: [REVIEW],
    tokens: {
      strip: [
        [0, 1],
        [IMG, 3],
        [1, 4],
        [IMG, 3],
        [5, REVIEW_TOKENS - 5],
      ],
    },
    rules: named('flamingo'),
    look: looking(),
  }),
  example('sinks', {
    model: GPT2,
    texts: [TALE],
    rules: named('sinksWindow'),
    look: looking({ layer: 4, tool: 'rules' }),
  }),
  example('layers', {
    model: GPT2,
    texts: [TALE],
    rules: [{ text: 'k <= q' }, { text: 'q - k < w where w = 3', layers: [0, 2] }],
    look: looking({ tool: 'rules' }),
  }),
  example('heads', {
    model: BERT,
    texts: [REVIEW],
    rules: [{ text: 'false', layers: [1, 1], heads: [3, 5] }],
    look: looking({ layer: 1, head: 4, tool: 'rules' }),
  }),
  example('extension', {
    model: BERT,
    texts: [REVIEW],
    tokens: {
      strip: [
        [0, REVIEW_TOKENS],
        [{ kind: 'cls', id: 2, label: '[CLS]' }, 1],
        [MEM, 3],
      ],
    },
    rules: named('memoryExtension'),
    look: looking({ tool: 'reach', after: 4, selected: [12] }),
  }),
  example('tree', { model: GPT2, texts: [TALE], rules: named('draftTree'), look: looking() }),
  example('tiles', {
    model: BERT,
    texts: Array.from({ length: 6 }, () => `${REVIEW} , ${REVIEW} , ${REVIEW} , ${REVIEW} , ${REVIEW} , ${REVIEW}`),
    rules: named('packed'),
    look: looking({ tool: 'tiles', tile: 32 }),
  }),
  example('silent', {
    model: BERT,
    texts: [FILM],
    rules: [{ text: 'kind(q) != mask' }],
    look: looking(),
  }),
]
