/** Which pieces begin at a place of a word: a trie by code points whose pieces can be given other ids without building it anew. */

const NONE = -1
/** Above every code point. */
const WIDTH = 2 ** 21

export class PieceTrie {
  readonly #next = new Map<number, number>()
  /** By node: the id of the piece that ends there. */
  #ids: number[] = [NONE]
  readonly #nodes = new Map<string, number>()

  constructor(pieces: Iterable<string>) {
    for (const piece of pieces) this.#nodes.set(piece, this.#grow(piece))
  }

  /** From now on these pieces are there and no others, each under its index. */
  assign(pieces: readonly string[]): void {
    this.#ids.fill(NONE)
    pieces.forEach((piece, id) => {
      const node = this.#nodes.get(piece)
      if (node !== undefined) this.#ids[node] = id
    })
  }

  /** Calls back with every piece that begins at `from`, shortest first. */
  at(word: Int32Array, from: number, found: (id: number, to: number) => void): void {
    let node: number | undefined = 0
    for (let to = from; to < word.length; ) {
      node = this.#next.get(node * WIDTH + (word[to] as number))
      if (node === undefined) return
      to++
      const id = this.#ids[node] as number
      if (id !== NONE) found(id, to)
    }
  }

  #grow(piece: string): number {
    let node = 0
    for (const letter of piece) {
      const key = node * WIDTH + (letter.codePointAt(0) as number)
      let child = this.#next.get(key)
      if (child === undefined) {
        child = this.#ids.push(NONE) - 1
        this.#next.set(key, child)
      }
      node = child
    }
    return node
  }
}

export function codePoints(text: string): Int32Array {
  return Int32Array.from(text, (letter) => letter.codePointAt(0) as number)
}
