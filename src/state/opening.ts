/** What a lab shows next: of several links on their way the newest, whichever of their models loads sooner. */

/** Waits for a part of an opening; nothing comes after it once another link was opened. */
export type Step = <T>(part: Promise<T>) => Promise<T>

class Overtaken extends Error {}

/**
 * @param show shows what a link holds, and waits for all that takes time through `step`
 * @returns what opens a link, and resolves once the newest one is shown. @throws what `show` throws for a link that was not overtaken
 */
export function newestOpening<Link>(show: (link: Link, step: Step) => Promise<void>): (link: Link) => Promise<void> {
  let opened = 0
  let newest: Promise<void> = Promise.resolve()
  return (link) => {
    const own = ++opened
    const check = () => {
      if (own !== opened) throw new Overtaken()
    }
    const step: Step = async (part) => {
      try {
        return await part
      } finally {
        check()
      }
    }
    newest = show(link, step).catch((thrown: unknown) => {
      if (!(thrown instanceof Overtaken)) throw thrown
      return newest.catch(() => {}) // its own caller is told
    })
    return newest
  }
}
