import type { ComponentType } from 'react'
import { lazyView } from '../../views/shell/lazy_view.tsx'
import { speakNewRooms } from '../../words/words.ts'

/**
 * A part of a lab that is fetched when it is first shown, with its words in the language of the moment.
 * @param dismiss what takes the message away that stands in its place, for a part that is opened and closed
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  dismiss?: (props: Props) => void,
): ComponentType<Props> {
  return lazyView(load, { before: speakNewRooms, dismiss })
}
