import type { ReadWord } from '../../tokenizers/column.ts'
import { reasonInWords } from './reasons.ts'
import type { TokenizersLab } from './state/lab.ts'
import { isGood, type TokenizersRun } from './state/run.ts'
import { t } from './words/words.ts'

/** Letters of a long text that are drawn. */
const DRAWN = 1200

export interface UnderlinedTextProps {
  lab: TokenizersLab
  run: TokenizersRun
}

/** The sentence with every word underlined that the chosen column does not know; a word says why. */
export function UnderlinedText({ lab, run }: UnderlinedTextProps) {
  const column = run.columns[run.column]
  if (!isGood(column)) return <p className="underlined-text hint">{t('underlined.none')}</p>
  const { text } = run.doc
  const { words, totals } = column.reading
  const unknown = words.filter(({ reason, start }) => reason && start < DRAWN)
  return (
    <div className="underlined" data-testid="underlined">
      <p className="underlined-text" dir="auto" lang="und">
        {partsOf(text.slice(0, DRAWN), unknown).map((part) =>
          typeof part === 'string' ? (
            part
          ) : (
            <button
              key={part.start}
              type="button"
              className="unknown-word"
              data-testid="unknown-word"
              title={part.reason && reasonInWords(part.reason)}
              onClick={() => lab.look({ tool: 'unknown' })}
            >
              {text.slice(part.start, part.end)}
              <span className="sr-only">{part.reason && ` (${reasonInWords(part.reason)})`}</span>
            </button>
          ),
        )}
        {text.length > DRAWN && '…'}
      </p>
      <p className="hint" data-testid="underlined-says">
        {totals.words === 0
          ? t('underlined.empty')
          : totals.unknown === 0
            ? t('underlined.all-known', { column: column.name })
            : t('underlined.unknown', { column: column.name, count: totals.unknown, why: whyOf(unknown) })}
      </p>
    </div>
  )
}

/** The reason where there is one, or all of them. */
function whyOf(words: readonly ReadWord[]): string {
  return [...new Set(words.flatMap(({ reason }) => (reason ? [reasonInWords(reason)] : [])))].slice(0, 2).join('; ')
}

function partsOf(text: string, words: readonly ReadWord[]): (string | ReadWord)[] {
  const parts: (string | ReadWord)[] = []
  let at = 0
  for (const word of words) {
    if (word.start > at) parts.push(text.slice(at, word.start))
    parts.push(word)
    at = word.end
  }
  if (at < text.length) parts.push(text.slice(at))
  return parts
}
