/** What of a run an ONNX graph can follow: its inputs are ids or pixels, and one mask over keys. */

import { maskBit } from '../../../core/mask.ts'
import type { ForwardRequest, ImageRequest, ModelInfo, SoleRequest } from '../../../engine/protocol.ts'

/** Edits that a graph has no input for. */
export type NotFollowed =
  | 'start'
  | 'ablated'
  | 'pooled'
  | 'mask.layers'
  | 'mask.heads'
  | 'mask.cells'
  | 'mask.nobody'
  | 'mask.picture'
  | 'patches'
  | 'side'
  | 'table'

/**
 * The mask as transformers takes it, or why there is none.
 * @param tokens T
 * @returns [T], 1 readable
 */
export function keyMask(
  { bits, layers, heads = 1 }: NonNullable<ForwardRequest['mask']>,
  tokens: number,
): number[] | NotFollowed {
  if (layers > 1) return 'mask.layers'
  if (heads > 1) return 'mask.heads'
  const row = (query: number) => Array.from({ length: tokens }, (_, key) => Number(maskBit(bits, tokens, query, key)))
  const first = row(0)
  for (let query = 1; query < tokens; query++) {
    if (row(query).some((may, key) => may !== first[key])) return 'mask.cells'
  }
  return first.includes(1) ? first : 'mask.nobody'
}

/**
 * @param tokens T
 * @param info of the model that the request is for
 */
export function notFollowed(
  { input, mask, ablate, pooledRow }: SoleRequest,
  tokens: number,
  info: Pick<ModelInfo, 'image'>,
): NotFollowed[] {
  const masked = mask && keyMask(mask, tokens)
  const reasons: NotFollowed[] = input.kind === 'image' ? notOfPicture(input, tokens, info.image) : []
  if (typeof masked === 'string') reasons.push(masked)
  else if (input.kind === 'image' && masked?.includes(0)) reasons.push('mask.picture')
  if (input.extras?.length) reasons.push('start')
  if (ablate?.length) reasons.push('ablated')
  if (pooledRow) reasons.push('pooled')
  return reasons
}

function notOfPicture(input: ImageRequest, tokens: number, image: ModelInfo['image']): NotFollowed[] {
  const [, height, width] = input.pixels.dims
  if (!image || height !== image.size[0] || width !== image.size[1]) return ['side']
  const patches = Math.floor(height / image.patch) * Math.floor(width / image.patch)
  const whole = tokens === image.classTokens + image.registers + patches && inOrder(input, image)
  const trained = input.positionTable === undefined || input.positionTable.type === 'trained'
  return [...(whole ? [] : (['patches'] as const)), ...(trained ? [] : (['table'] as const))]
}

/** Class tokens, registers, then every patch at its own place. */
function inOrder(
  { sources, positions }: ImageRequest,
  { classTokens, registers }: NonNullable<ModelInfo['image']>,
): boolean {
  const specials = classTokens + registers
  const source = (row: number) => (row < specials ? -1 - row : row - specials)
  const position = (row: number) => {
    if (row < classTokens) return row
    return row < specials ? -1 : classTokens + row - specials
  }
  return (
    (sources ?? []).every((found, row) => found === source(row)) &&
    (positions ?? []).every((found, row) => found === position(row))
  )
}
