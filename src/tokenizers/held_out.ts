/** Which lines of a text are trained on, and which only measured with. */

/** Every tenth line that says something is held out, so that a text of fewer than ten is trained on whole. */
const EVERY = 10

export function parted(text: string): { train: string[]; held: string[] } {
  const lines = text.split(/\r?\n/).filter((line) => line.trim())
  return {
    train: lines.filter((_, i) => i % EVERY !== EVERY - 1),
    held: lines.filter((_, i) => i % EVERY === EVERY - 1),
  }
}
