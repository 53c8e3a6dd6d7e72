import { useEffect, useState } from 'react'
import { loadErrors } from '../words/errors.ts'
import type { Language } from '../words/languages.ts'
import { preferred } from '../words/languages.ts'
import { language, speak } from '../words/words.ts'

/** The language in the address, else the reader's own. */
export function chosenLanguage(linked: Language | undefined): Language {
  return linked ?? preferred(navigator.languages)
}

/** Fetches the words of a language and makes it the page's. */
export async function speakAll(chosen: Language): Promise<void> {
  await speak(chosen)
  await loadErrors()
  document.documentElement.lang = language() === 'pseudo' ? 'en' : language()
}

/**
 * The language that is shown; it follows the address once its words are there.
 * @param onProblem told, always the same function, when they cannot be fetched: the page goes on in the language that it has
 */
export function useLanguage(linked: Language | undefined, onProblem: (thrown: unknown) => void): Language {
  const [shown, setShown] = useState(language)
  const chosen = chosenLanguage(linked)
  useEffect(() => {
    let current = true
    speakAll(chosen).then(
      () => current && setShown(chosen),
      (thrown) => current && onProblem(thrown),
    )
    return () => {
      current = false
    }
  }, [chosen, onProblem])
  return shown
}
