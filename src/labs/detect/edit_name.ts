/** What an edit of a detector's document is called, in a few words: "[DET 3] masked", "DET → DET closed". */

import { t as shared } from '../shared/words/words.ts'
import { CLOSABLE } from './state/queries.ts'
import { type DetectDoc, type DetectRun, queryName } from './state/run.ts'
import { t } from './words/words.ts'

export type Edited = Pick<DetectRun, 'doc'> & {
  photo: Pick<DetectRun['photo'], 'name' | 'source' | 'picture'>
  model: { info: Pick<DetectRun['model']['info'], 'image'> }
}

/** So many queries are named. */
const NAMED = 3

/** @param before what the run is compared with; null: the model was opened, and nothing edited since */
export function detectEdit(before: Edited | null, { doc, photo, model }: Edited): string {
  if (!before || before.doc.model !== doc.model) return shared('edit.opened', { model: doc.model })
  if (isOther(before.photo, photo)) return t('edit.photo', { photo: photo.name })
  return (
    queriesEdit(before.doc, doc, (place) => queryName(model.info, place)) ??
    masksEdit(before.doc, doc) ??
    piecesEdit(before.doc, doc) ??
    shared('edit.other')
  )
}

/** Every frame of a camera is another picture of the same. */
function isOther(before: Edited['photo'], now: Edited['photo']): boolean {
  if (before.source === 'camera' && now.source === 'camera') return false
  return before.picture !== now.picture
}

function queriesEdit({ queries: before }: DetectDoc, { queries: now }: DetectDoc, name: (place: number) => string) {
  if (now.length !== before.length) return t('edit.queries', { count: now.length })
  const changed = now.flatMap((query, place) => {
    const was = before[place]
    return was && (was.of !== query.of || was.start !== query.start || was.status !== query.status) ? [place] : []
  })
  const first = changed[0]
  if (first === undefined) return null
  const [was, query] = [before[first], now[first]]
  if (!was || !query) return null
  const who = changed.length > NAMED ? t('edit.many', { count: changed.length }) : changed.map(name).join(', ')
  if (was.status !== query.status) return t('edit.status', { who, status: t(`status.${query.status}`) })
  if (was.start !== query.start) return t('edit.start', { who, start: t(`start.${query.start}`) })
  return t('edit.swapped', { who })
}

function masksEdit({ closed: before }: DetectDoc, { closed: now }: DetectDoc): string | null {
  const names = (parts: readonly (typeof CLOSABLE)[number][]) => parts.map((part) => t(`quadrant.${part}`)).join(', ')
  const shut = CLOSABLE.filter((part) => now.includes(part) && !before.includes(part))
  if (shut.length > 0) return t('edit.closed', { parts: names(shut) })
  const opened = CLOSABLE.filter((part) => !now.includes(part) && before.includes(part))
  return opened.length > 0 ? t('edit.open', { parts: names(opened) }) : null
}

function piecesEdit({ pieces: before }: DetectDoc, { pieces: now }: DetectDoc): string | null {
  if (before === now) return null
  if (now.length > before.length) return t('edit.piece.added')
  return t(now.length < before.length ? 'edit.piece.removed' : 'edit.piece.moved')
}
