import { i18n } from '@lingui/core'
import { I18nProvider, Trans } from '@lingui/react'
import type { ReactElement } from 'react'
import type { Translate, Values } from '../words/words.ts'

export interface RichProps<Key extends string> {
  /** The room whose words these are. */
  words: Translate<Key>
  id: Key
  values?: Values
  /** What stands for each <tag> of the message. */
  tags: Readonly<Record<string, ReactElement>>
}

/** A message with elements inside: `Read from <token>[CLS]</token>`. */
export function Rich<Key extends string>({ words, id, values, tags }: RichProps<Key>) {
  return (
    <I18nProvider i18n={i18n}>
      <Trans id={words.id(id)} values={values} components={tags} />
    </I18nProvider>
  )
}
