/** The card of a model that comes with the page: six lines in each language, from card.json beside its weights. */

import { ClsroomError } from '../core/errors.ts'
import { parseJson } from '../core/json.ts'
import { language } from '../words/words.ts'

/** In the order they are read. */
export const CARD_LINES = ['data', 'terms', 'recipe', 'figures', 'limits', 'shaped'] as const
export type CardLine = (typeof CARD_LINES)[number]

/** `map` stands where CLS's attention is shown: present where a loss shaped it. */
export type Card = Record<CardLine, string> & { map?: string }

export interface CardFile {
  /** Passages of the README that the lines' numbers stand in. */
  readme: string[]
  en: Card
  ru: Card
}

const fetched = new Map<string, Promise<CardFile>>()

/** @throws ClsroomError `fetch` where the card cannot be had */
export async function embeddedCard(model: string): Promise<Card> {
  const known = fetched.get(model) ?? fetchCard(model)
  fetched.set(model, known)
  known.catch(() => fetched.delete(model))
  const card = await known
  return language() === 'ru' ? card.ru : card.en
}

async function fetchCard(model: string): Promise<CardFile> {
  const address = `${import.meta.env.BASE_URL}models/${model}/card.json`
  const response = await fetch(address).catch(() => null)
  if (!response?.ok) {
    throw new ClsroomError('fetch', 'The card of this model could not be fetched', {
      found: response ? `HTTP ${response.status}` : 'no connection',
      advice: 'Try again when you are online',
    })
  }
  return parseJson(await response.text(), 'card.json', 'fetch') as CardFile
}
