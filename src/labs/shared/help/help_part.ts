import type { HelpEntry, HelpPart } from '../../../views/help/help.ts'

/** By the name of a panel or a tool: `map`, `tool.reads`. */
type Entries = Readonly<Record<string, HelpEntry>>
/** The words that entries need: a sentence each, the letters of its formula, and the cautions that are named. */
type Key<E extends Entries> = Id<E> | `${Id<E>}.symbols` | Caution<E[keyof E]>
type Id<E extends Entries> = keyof E & string
type Caution<Entry> = Entry extends { caution: infer Key extends string } ? Key : never

/**
 * A lab's answers. That an entry lacks words is a type error.
 * @param say the room of words that holds them
 */
export function helpPart<const E extends Entries>(entries: E, say: (key: Key<E>) => string): HelpPart<Id<E>> {
  return { entries, say: say as (key: string) => string }
}
