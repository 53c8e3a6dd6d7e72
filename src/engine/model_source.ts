/** What a model reference means: which source it is read from and under which id it is known. */

import { ClsroomError } from '../core/errors.ts'
import type { ModelSource } from '../loaders/model_files.ts'
import type { ModelReference, ModelSourceKind } from './protocol.ts'

const HUB_ID = /^[\w.-]+\/[\w.-]+$/
const EMBEDDED_ID = /^[\w.-]+$/

/**
 * @param baseUrl the folder the page was opened from, ending in "/"
 * @throws ClsroomError `input` when the reference is none of the four kinds
 */
export function modelSource(
  reference: ModelReference,
  baseUrl: string,
): { id: string; kind: ModelSourceKind; source: ModelSource } {
  if (typeof reference !== 'string') {
    return { id: 'files', kind: 'files', source: { type: 'files', files: reference } }
  }
  if (/^(https?:|\.{0,2}\/)/.test(reference) && reference.endsWith('/')) {
    const url = new URL(reference, baseUrl).href
    return { id: url, kind: 'url', source: { type: 'url', url } }
  }
  if (HUB_ID.test(reference)) return { id: reference, kind: 'hub', source: { type: 'hub', id: reference } }
  if (EMBEDDED_ID.test(reference)) {
    const source: ModelSource = { type: 'embedded', url: `${baseUrl}models/${reference}/` }
    return { id: reference, kind: 'embedded', source }
  }
  throw new ClsroomError('input', 'This is not a model reference', {
    found: JSON.stringify(reference),
    expected: 'an embedded id, a hub id "org/name", a base URL ending in "/", or files by name',
  })
}
