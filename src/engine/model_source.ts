/** What a model reference means: which source it is read from, under which id it is known, what people call it. */

import { ClsroomError } from '../core/errors.ts'
import { modelRoot } from '../loaders/directory.ts'
import type { ModelSource } from '../loaders/model_files.ts'
import type { ModelReference, ModelSourceKind } from './protocol.ts'

/** "org/name", or the name alone of the hub's oldest models; a branch, tag or commit after "@". */
const HUB_ID = /^([\w.-]+(?:\/[\w.-]+)?)(?:@([\w./-]+))?$/
/** What comes with the page is called so. */
const EMBEDDED_ID = /^clsroom-[\w.-]+$/
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
  const tidy = pasted(reference)
  if (/^https?:\/\/.|^\.{0,2}\/.*\/$/.test(tidy)) {
    const url = new URL(tidy, baseUrl).href
    return { id: url, name: lastPart(url), kind: 'url', source: { type: 'url', url } }
  }
  if (tidy.startsWith(FILES_ID)) {
    throw new ClsroomError('input', 'This model was loaded from files, which a link does not hold', {
      found: tidy,
      advice: 'Load its files again',
    })
  }
  if (EMBEDDED_ID.test(tidy)) {
    const source: ModelSource = { type: 'embedded', url: `${baseUrl}models/${tidy}/` }
    return { id: tidy, name: tidy, kind: 'embedded', source }
  }
  const [, name, revision] = HUB_ID.exec(tidy) ?? []
  if (name !== undefined) {
    return { id: tidy, name: lastPart(tidy), kind: 'hub', source: { type: 'hub', id: name, revision } }
  }
  throw new ClsroomError('input', 'This is not a model reference', {
    found: JSON.stringify(reference),
    expected: 'an embedded id, a hub id "org/name", an address of a folder, or files by name',
  })
}

/** A reference without what comes along when it is pasted: blanks, quotes, the address of its page on the hub or of one of its files. */
function pasted(reference: string): string {
  const typed = reference.trim().replace(/^["'`“”„«<(]+|["'`“”»>),.;]+$/g, '')
  const [, onHub] = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/([^?#]+)/i.exec(typed) ?? []
  if (onHub !== undefined) return ofHubPage(onHub)
  if (!/^https?:/.test(typed)) return typed
  const address = typed.replace(/[?#].*$/, '').replace(A_FILE, '')
  return address.endsWith('/') ? address : `${address}/`
}

const A_FILE = /(?<=\/)[\w.-]+\.(?:json|safetensors|txt)$/
/** What stands between a model's name and a revision in addresses of the hub. */
const PLACES = ['tree', 'blob', 'resolve', 'raw', 'commit']

/**
 * "org/name", with "@revision" where it is not main; the address of a folder inside a repository.
 * @param path of a page on the hub
 */
function ofHubPage(path: string): string {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent)
  const place = parts.findIndex((part, i) => i > 0 && i < 3 && PLACES.includes(part))
  const name = parts.slice(0, place < 0 ? 2 : place).join('/')
  const [revision, ...rest] = place < 0 ? [] : parts.slice(place + 1)
  const folder = rest.join('/').replace(A_FILE_NAME, '')
  if (folder) return `https://huggingface.co/${name}/resolve/${encodeURIComponent(revision ?? '')}/${folder}/`
  return revision === undefined || revision === 'main' ? name : `${name}@${revision}`
}

const A_FILE_NAME = /(?:^|\/)[^/]+\.\w+$/

/** The folder that config.json lies in, where files bring their paths. */
function folderOf(files: Readonly<Record<string, unknown>>): string {
  return modelRoot(Object.keys(files))?.split('/').at(-2) || 'your files'
}

function lastPart(address: string): string {
  return address.split('/').filter(Boolean).at(-1) ?? address
}
