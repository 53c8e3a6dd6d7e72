/** What a model reference means: which source it is read from, under which id it is known, what people call it. */

import { ClsroomError } from '../core/errors.ts'
import { modelRoot } from '../loaders/directory.ts'
import type { ModelSource } from '../loaders/model_files.ts'
import type { ModelReference, ModelSourceKind } from './protocol.ts'

const HUB_ID = /^[\w.-]+\/[\w.-]+$/
const EMBEDDED_ID = /^[\w.-]+$/
const FILES_ID = 'files-'

export interface DescribedModel {
  /** For files only the beginning of one: whoever loads them counts the sets. */
  id: string
  name: string
  kind: ModelSourceKind
  source: ModelSource
}

/**
 * @param baseUrl the folder the page was opened from, ending in "/"
 * @throws ClsroomError `input` when the reference is none of the four kinds, or names files that are no longer here
 */
export function modelSource(reference: ModelReference, baseUrl: string): DescribedModel {
  if (typeof reference !== 'string') {
    return { id: FILES_ID, name: folderOf(reference), kind: 'files', source: { type: 'files', files: reference } }
  }
  if (/^(https?:|\.{0,2}\/)/.test(reference) && reference.endsWith('/')) {
    const url = new URL(reference, baseUrl).href
    return { id: url, name: lastPart(url), kind: 'url', source: { type: 'url', url } }
  }
  if (HUB_ID.test(reference)) {
    return { id: reference, name: lastPart(reference), kind: 'hub', source: { type: 'hub', id: reference } }
  }
  if (reference.startsWith(FILES_ID)) {
    throw new ClsroomError('input', 'This model was loaded from files, which a link does not hold', {
      found: reference,
      advice: 'Load its files again',
    })
  }
  if (EMBEDDED_ID.test(reference)) {
    const source: ModelSource = { type: 'embedded', url: `${baseUrl}models/${reference}/` }
    return { id: reference, name: reference, kind: 'embedded', source }
  }
  throw new ClsroomError('input', 'This is not a model reference', {
    found: JSON.stringify(reference),
    expected: 'an embedded id, a hub id "org/name", a base URL ending in "/", or files by name',
  })
}

/** The folder that config.json lies in, where files bring their paths. */
function folderOf(files: Readonly<Record<string, unknown>>): string {
  return modelRoot(Object.keys(files))?.split('/').at(-2) || 'your files'
}

function lastPart(address: string): string {
  return address.split('/').filter(Boolean).at(-1) ?? address
}
