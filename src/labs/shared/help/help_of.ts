import { fetchPart } from '../../../core/fetch_part.ts'
import type { HelpPart, HelpRef } from '../../../views/help/help.ts'
import { speakNewRooms } from '../../../words/words.ts'

/**
 * The questions that can be asked of a lab's panels; answers and words are fetched with the first one.
 * @param load one `import()`
 */
export function helpOf<Id extends string>(load: () => Promise<{ default: HelpPart<Id> }>): (of: Id) => HelpRef {
  let part: Promise<HelpPart> | undefined
  const fetched = async (): Promise<HelpPart> => {
    const { default: help } = await fetchPart(load)
    await speakNewRooms()
    return help
  }
  const ask = () => {
    part ??= fetched().catch((error) => {
      part = undefined
      throw error
    })
    return part
  }
  return (of) => ({ of, ask })
}
