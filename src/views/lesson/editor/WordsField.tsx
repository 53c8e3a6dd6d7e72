import { setWords } from '../../../state/lesson/draft.ts'
import type { Value } from '../../../state/lesson/expression.ts'
import { sayLesson } from '../../../state/lesson/words.ts'
import { faultOf, parametersOf } from '../../../words/message_parts.ts'
import { Field } from '../../primitives/Field.tsx'
import type { EditorTools } from './tools.ts'
import { t } from './words/words.ts'

export interface WordsFieldProps {
  label: string
  /** Where the lesson names these words, `steps.0.text.1`. */
  field: string
  word: string
  tools: EditorTools
  /** What the words can take, by name. */
  values?: Readonly<Record<string, Value>>
  rows?: number
}

/** A message of the lesson in the language that is written, with what it says of the run on screen. */
export function WordsField({ label, field, word, tools, values = {}, rows = 2 }: WordsFieldProps) {
  const { draft, language, edit } = tools
  const written = draft.words[language]?.[word] ?? ''
  return (
    <Field label={label} hint={remarkOn(written, word, values) ?? englishOf()}>
      {(ids) => (
        <textarea
          {...ids}
          className="input editor-words"
          rows={rows}
          lang={language}
          data-field={field}
          data-word={word}
          value={written}
          onFocus={(event) => {
            tools.lastWords.current = event.currentTarget
          }}
          onChange={(event) => edit(setWords(draft, language, word, event.target.value), `${language}.${word}`)}
        />
      )}
    </Field>
  )

  function englishOf(): string | undefined {
    const english = draft.words.en[word]
    return language === 'en' || written !== '' || !english ? undefined : t('words.english', { text: english })
  }
}

/** Why it cannot be said, or what it says now where it takes something from the run. */
function remarkOn(message: string, word: string, values: Readonly<Record<string, Value>>): string | undefined {
  const fault = faultOf(message)
  if (fault) return t('words.fault', { fault })
  const taken = parametersOf(message)
  const unknown = taken.find((name) => !(name in values))
  if (unknown) return t('words.unknown', { name: unknown })
  return taken.length > 0
    ? t('words.now', { text: sayLesson({ words: { en: { [word]: message } } }, word, values) })
    : undefined
}
