/** Inputs that take a while to be read: a picture, a table. The newest that was asked for wins, however long an older one takes. */

interface Reader {
  /** Whether something is being read. */
  onReading: (reading: boolean) => void
  fail: (thrown: unknown) => void
}

/** What reads one input after another. */
export function newestReading({ onReading, fail }: Reader) {
  let asked = 0
  return {
    /**
     * @param take what is done with the input that was read
     * @returns why it is not shown; null where it is, or another one was asked for
     */
    async read<Input>(load: () => Promise<Input>, take: (input: Input) => Promise<void>): Promise<unknown> {
      const mine = ++asked
      onReading(true)
      try {
        const input = await load()
        if (mine === asked) await take(input)
        return null
      } catch (thrown) {
        if (mine !== asked) return null
        fail(thrown)
        return thrown
      } finally {
        if (mine === asked) onReading(false)
      }
    },
    /** Another input is there without being read: one that is on its way is not shown any more. */
    overtake(): void {
      asked++
      onReading(false)
    },
  }
}
