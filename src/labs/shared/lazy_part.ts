import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import { speakNewRooms } from '../../words/words.ts'

/** A part of a lab that is fetched when it is first shown, with its words in the language of the moment. */
export function lazyPart<Props>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const part = await load()
    await speakNewRooms()
    return part
  })
}
