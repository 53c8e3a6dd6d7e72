/** How the batch lab writes its links. */

import { fetchPart } from '../../../core/fetch_part.ts'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { LinkFormat } from '../../../state/permalink.ts'
import type { BatchLink } from './link_schema.ts'
import { type BatchDoc, type BatchLook, DOC, SETTINGS } from './settings.ts'
import { MOST_LINKED, type Source } from './source.ts'

export type { BatchLink }

export const BATCH_FORMAT: LinkFormat<BatchLink> = {
  version: 1,
  schema: async () => (await fetchPart(() => import('./link_schema.ts'))).schema,
  migrations: {},
}

export function encodeBatch(
  { model, source, strategy, settings, block, reset, separator }: BatchDoc,
  look: BatchLook,
): BatchLink {
  return {
    lab: 'batch',
    model,
    ...linked(source),
    strategy,
    settings,
    block,
    reset,
    separator,
    look,
  }
}

/** Whole lines, as many as a link holds. */
function linked(source: Source): Pick<BatchLink, 'source' | 'shortened'> {
  if (source.type === 'sample' || source.text.length <= MOST_LINKED) return { source }
  const end = source.text.lastIndexOf('\n', MOST_LINKED)
  return { source: { ...source, text: source.text.slice(0, end < 0 ? MOST_LINKED : end) }, shortened: true }
}

/** What a link leaves out is as the lab opens; a row holds no more than the model reads. */
export function decodeBatch(link: BatchLink, { id }: Pick<LoadedModel, 'id'>): BatchDoc {
  const { source, strategy = DOC.strategy, settings } = link
  return {
    model: id,
    source,
    strategy,
    settings: { ...SETTINGS, ...settings },
    block: link.block ?? true,
    reset: link.reset ?? true,
    separator: link.separator ?? true,
  }
}
