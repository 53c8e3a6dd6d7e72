/** Texts to train on, and tokenizers from elsewhere. */

import { ClsroomError } from '../../../core/errors.ts'
import { type ModelSource, openDirectory, readText } from '../../../loaders/directory.ts'
import type { Corpus, Source } from './doc.ts'
import { SAME_SENTENCE } from './same_sentence.ts'

const FILES = { grimm: 'grimm.txt', genesis: 'genesis-en-es.txt' } as const
const fetched = new Map<string, Promise<string>>()

/** @param baseUrl the folder the page was opened from, ending in "/" */
export async function corpusText(corpus: Corpus, baseUrl: string): Promise<string> {
  if (corpus.type === 'own') return corpus.text
  if (corpus.name === 'scripts') return SAME_SENTENCE.map(({ text }) => text).join('\n')
  const url = new URL(`samples/texts/${FILES[corpus.name]}`, baseUrl).href
  const text = fetched.get(url) ?? fetchText(url)
  fetched.set(url, text)
  // Asked for again the next time, where it could not be had.
  text.catch(() => fetched.delete(url))
  return text
}

async function fetchText(url: string): Promise<string> {
  try {
    const response = await fetch(url)
    if (response.ok) return await response.text()
    throw new Error(`${response.status}`)
  } catch (cause) {
    throw new ClsroomError('fetch', 'The sample text could not be fetched', {
      advice: 'Paste a text of your own, or try again when you are online',
      cause,
    })
  }
}

const MAX_BYTES = 64 * 1024 * 1024

/** The content of a tokenizer.json that is not trained here. @throws ClsroomError where there is none */
export async function tokenizerJson(source: Exclude<Source, { type: 'trained' | 'file' }>, baseUrl: string) {
  const directory = await openDirectory(directoryOf(source, baseUrl), {})
  const json = await readText(directory, 'tokenizer.json', MAX_BYTES)
  if (json !== undefined) return json
  throw directory.missing('tokenizer.json')
}

function directoryOf(source: Exclude<Source, { type: 'trained' | 'file' }>, baseUrl: string): ModelSource {
  switch (source.type) {
    case 'model':
      return { type: 'embedded', url: new URL(`models/${source.id}/`, baseUrl).href }
    case 'hub':
      return { type: 'hub', id: source.id }
    case 'url':
      return { type: 'url', url: source.url.replace(/tokenizer\.json$/, '').replace(/\/*$/, '/') }
  }
}

/** "org/name", or an address. @throws ClsroomError `input` for anything else */
export function sourceOf(address: string): Extract<Source, { type: 'hub' | 'url' }> {
  const asked = address.trim()
  if (/^https?:\/\/\S+$/.test(asked)) return { type: 'url', url: asked }
  if (/^[\w.-]+(\/[\w.-]+)?$/.test(asked)) return { type: 'hub', id: asked }
  throw new ClsroomError('input', 'This is no name on the hub and no address', {
    found: asked.slice(0, 80),
    expected: 'org/name, or an address that begins with https://',
  })
}
