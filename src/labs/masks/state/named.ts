/**
 * Masks that have a name in the literature, as formulas, each with where it is from. Some are about tokens that a plain text has none of:
 * these are put in with the mask. Words for each stand in words/ under `named.<id>`.
 */

import type { SpecialKind } from '../../../core/tokens.ts'

/** Tokens that a mask is about: at the front behind the opening token, in the middle of the text, or behind everything. */
export interface Wanted {
  kind: SpecialKind
  count: number
  at: 'front' | 'middle' | 'end'
}

export interface NamedMask {
  readonly id: NamedId
  readonly rule: string
  /** Paper and section, or class. */
  readonly source: string
  /** Put in where the sequence has no token of the kind (of CLS: no second one). */
  readonly wants?: readonly Wanted[]
  /** What it says depends on there being several texts. */
  readonly texts?: number
}

/** How the menu groups them. */
export const NAMED_GROUPS = {
  everyone: ['all', 'padding', 'clsReadsAll', 'clsReadsAllBut', 'registers'],
  order: ['causal', 'prefix', 'causalWindow', 'sinksWindow', 'strided', 'chunked', 'draftTree'],
  near: ['window', 'dilated', 'globalWindow', 'blocks', 'neighbourhood'],
  documents: ['packed', 'packedCausal', 'sharedPrefix', 'encoderDecoder', 'blockDiffusion'],
  pictures: ['imageInText', 'flamingo', 'vidt', 'noDetToDet'],
  memory: ['memTransformer', 'memCtrl', 'memBottleneck', 'memoryExtension', 'memoryConcatenation'],
} as const satisfies Record<string, readonly string[]>

export type NamedGroup = keyof typeof NAMED_GROUPS
export type NamedId = (typeof NAMED_GROUPS)[NamedGroup][number]

const memory: readonly Wanted[] = [{ kind: 'memory', count: 3, at: 'front' }]

// biome-ignore format: a table
export const NAMED: readonly NamedMask[] = [
  { id: 'all', rule: 'true', source: 'Devlin et al. 2019 (BERT), §3' },
  { id: 'padding', rule: 'kind(k) != pad', source: 'transformers, masking_utils.create_bidirectional_mask', wants: [{ kind: 'pad', count: 3, at: 'end' }] },
  { id: 'clsReadsAll', rule: 'kind(q) == cls or kind(k) != cls', source: 'Touvron et al. 2021 (CaiT), §3' },
  { id: 'clsReadsAllBut', rule: 'not (kind(q) == cls and kind(k) == sep)', source: 'Clark et al. 2019, §3.2' },
  { id: 'registers', rule: 'kind(k) != pad', source: 'Darcet et al. 2024, §2.2', wants: [{ kind: 'register', count: 4, at: 'front' }] },

  { id: 'causal', rule: 'k <= q', source: 'Vaswani et al. 2017, §3.2.3' },
  { id: 'prefix', rule: 'k <= q or k < n where n = 4', source: 'Raffel et al. 2020 (T5), §3.2.1' },
  { id: 'causalWindow', rule: '0 <= q - k < w where w = 4', source: 'Jiang et al. 2023 (Mistral 7B), §2' },
  { id: 'sinksWindow', rule: 'k <= q and (k < s or q - k < w) where s = 2, w = 4', source: 'Xiao et al. 2024 (StreamingLLM), §3.2' },
  { id: 'strided', rule: 'k <= q and (q - k < l or (q - k) % l == 0) where l = 4', source: 'Child et al. 2019 (Sparse Transformer), §4.3' },
  { id: 'chunked', rule: 'k <= q and q // c == k // c where c = 5', source: 'transformers, masking_utils.chunked_causal_mask_function (Llama 4)' },
  { id: 'draftTree', rule: 'k < n and k <= q or k == q or k >= n and (k - n == (q - n - 1) // b or k - n == ((q - n - 1) // b - 1) // b) where n = 6, b = 2', source: 'Cai et al. 2024 (Medusa), §2.1.2; Miao et al. 2024 (SpecInfer)' },

  { id: 'window', rule: 'abs(q - k) <= w where w = 2', source: 'Beltagy et al. 2020 (Longformer), §3.1' },
  { id: 'dilated', rule: 'abs(q - k) <= w * d and (q - k) % d == 0 where w = 2, d = 2', source: 'Beltagy et al. 2020 (Longformer), §3.1' },
  { id: 'globalWindow', rule: 'abs(q - k) <= w or kind(q) == cls or kind(k) == cls where w = 2', source: 'Beltagy et al. 2020 (Longformer), §3.1' },
  { id: 'blocks', rule: 'q // b == k // b where b = 4', source: 'Qiu et al. 2020 (BlockBERT)' },
  { id: 'neighbourhood', rule: 'abs(q // g - k // g) <= r and abs(q % g - k % g) <= r where g = 4, r = 1', source: 'Hassani et al. 2023 (NATTEN), §3; attention-gym, masks/natten.py' },

  { id: 'packed', rule: 'doc(q) == doc(k)', source: 'Krell et al. 2021, §3.2', texts: 2 },
  { id: 'packedCausal', rule: 'doc(q) == doc(k) and k <= q', source: 'attention-gym, masks/document_mask.py', texts: 2 },
  { id: 'sharedPrefix', rule: 'k <= q and (doc(k) == 0 or doc(k) == doc(q))', source: 'attention-gym, masks/shared_prefix.py', texts: 3 },
  { id: 'encoderDecoder', rule: 'doc(k) == 0 or doc(q) > 0 and k <= q', source: 'Vaswani et al. 2017, §3.2.3; Raffel et al. 2020, §3.2.1', texts: 2 },
  { id: 'blockDiffusion', rule: 'doc(q) == doc(k) and doc(q) == 0 and (place(q) - 1) // b == (place(k) - 1) // b or doc(q) == 0 and doc(k) == 1 and place(k) // b < (place(q) - 1) // b or doc(q) == 1 and doc(k) == 1 and place(k) // b <= place(q) // b where b = 3', source: 'Arriola et al. 2025 (BD3-LM), §3; attention-gym, masks/block_diffusion.py', texts: 2 },

  { id: 'imageInText', rule: 'k <= q or kind(q) == image and run(q) == run(k)', source: 'transformers, masking_utils.blockwise_overlay (Gemma 3)', wants: [{ kind: 'image', count: 4, at: 'middle' }] },
  { id: 'flamingo', rule: 'kind(q) == image and run(q) == run(k) or kind(q) != image and (kind(k) != image and k <= q or kind(k) == image and count(image, k) == count(image, q))', source: 'Alayrac et al. 2022 (Flamingo), §2.3; attention-gym, masks/flamingo.py', wants: [{ kind: 'image', count: 3, at: 'front' }, { kind: 'image', count: 3, at: 'middle' }] },
  { id: 'vidt', rule: 'kind(q) == det or kind(k) != det and q // w == k // w where w = 4', source: 'Song et al. 2022 (ViDT), §3.1', wants: [{ kind: 'det', count: 4, at: 'end' }] },
  { id: 'noDetToDet', rule: 'kind(q) != det or kind(k) != det or q == k', source: 'Fang et al. 2021 (YOLOS), §2; Carion et al. 2020 (DETR), §3.2', wants: [{ kind: 'det', count: 4, at: 'end' }] },

  { id: 'memTransformer', rule: 'true', source: 'Burtsev et al. 2020, §2 (MemTransformer)', wants: memory },
  { id: 'memCtrl', rule: 'true', source: 'Burtsev et al. 2020, §2 (MemCtrl)', wants: memory },
  { id: 'memBottleneck', rule: 'kind(q) == memory or kind(k) == memory', source: 'Burtsev et al. 2020, §2 (MemBottleneck)', wants: memory },
  { id: 'memoryExtension', rule: 'kind(q) != memory and (count(cls, q) == 2 or count(cls, k) == 1)', source: 'Sandler et al. 2022, §3', wants: [{ kind: 'cls', count: 1, at: 'end' }, { kind: 'memory', count: 3, at: 'end' }] },
  { id: 'memoryConcatenation', rule: 'kind(q) != memory and (count(cls, k) == 1 or count(cls, k) == count(cls, q))', source: 'Sandler et al. 2022, §3, Table 1', wants: [{ kind: 'cls', count: 1, at: 'end' }, { kind: 'memory', count: 2, at: 'end' }, { kind: 'cls', count: 1, at: 'end' }, { kind: 'memory', count: 2, at: 'end' }] },
]

export function namedMask(id: string): NamedMask | undefined {
  return NAMED.find((mask) => mask.id === id)
}
