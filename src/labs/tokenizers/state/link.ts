/** How the tokenizers lab writes its links. */

import { fetchPart } from '../../../core/fetch_part.ts'
import type { LinkFormat } from '../../../state/permalink.ts'
import { RECIPE, type Recipe } from '../../../tokenizers/recipe.ts'
import { DOC, MOST_LINKED, type TokenizersDoc } from './doc.ts'
import type { TokenizersLink } from './link_schema.ts'
import { LOOK, type TokenizersLook } from './look.ts'

export type { TokenizersLink }

export const TOKENIZERS_FORMAT: LinkFormat<TokenizersLink> = {
  version: 1,
  schema: async () => (await fetchPart(() => import('./link_schema.ts'))).schema,
  migrations: {},
}

/** Only what differs from the defaults. */
export function encodeTokenizers(doc: TokenizersDoc, look: TokenizersLook): TokenizersLink {
  const { corpus, recipe, columns } = doc
  const isLinked = corpus.type === 'own' && corpus.text.length <= MOST_LINKED
  const other = differing(RECIPE, recipe)
  return {
    lab: 'tokenizers',
    model: doc.model,
    text: doc.text,
    ...(corpus.type === 'sample' ? { sample: corpus.name } : { own: true as const }),
    ...(isLinked && { corpus: corpus.text }),
    ...(Object.keys(other).length > 0 && { recipe: { ...RECIPE, ...other } }),
    ...(columns !== DOC.columns && { columns: [...columns] }),
    ...(doc.parsesSpecials && { parsesSpecials: true }),
    look: differing(LOOK, look),
  }
}

function differing<T extends object>(usual: T, now: T): Partial<T> {
  return Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== usual[key as keyof T])) as Partial<T>
}

export function documentIn(link: TokenizersLink, model: string): TokenizersDoc {
  return {
    model,
    text: link.text ?? DOC.text,
    corpus:
      link.corpus !== undefined
        ? { type: 'own', text: link.corpus }
        : link.sample
          ? { type: 'sample', name: link.sample }
          : DOC.corpus,
    recipe: { ...RECIPE, ...link.recipe } satisfies Recipe,
    columns: link.columns ?? DOC.columns,
    parsesSpecials: link.parsesSpecials ?? false,
  }
}

/** A text of one's own to train on that is not in the link. */
export function isCorpusAbsent({ own, corpus }: TokenizersLink): boolean {
  return !!own && corpus === undefined
}
