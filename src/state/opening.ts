/** What a lab shows next: of several links on their way the newest, whichever of their models loads sooner. */

/** Waits for a part of an opening; nothing comes after it once another link was opened. */
export type Step = <T>(part: Promise<T>) => Promise<T>

/** Whether no other link was opened since, for a part that comes to an end by itself. */
export type IsNewest = () => boolean

class Overtaken extends Error {}

/**
 * @param show shows what a link holds, and waits for all that takes time through `step`
 * @returns what opens a link, and resolves once the newest one is shown. @throws what `show` throws for a link that was not overtaken
 */
export function newestOpening<Link>(
  show: (link: Link, step: Step, isNewest: IsNewest) => Promise<void>,
): (link: Link) => Promise<void> {
  let opened = 0
  let newest: Promise<void> = Promise.resolve()
  return (link) => {
    const own = ++opened
    const isNewest = () => own === opened
    const check = () => {
      if (!isNewest()) throw new Overtaken()
    }
    const step: Step = async (part) => {
      try {
        return await part
      } finally {
        check()
      }
    }
    newest = show(link, step, isNewest).catch((thrown: unknown) => {
      if (!(thrown instanceof Overtaken)) throw thrown
      return newest.catch(() => {}) // its own caller is told
    })
    return newest
  }
}
