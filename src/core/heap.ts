/**
 * A binary heap, greatest first. It sifts as Rust's `BinaryHeap` does (down to the bottom, then up), so that items which its
 * order cannot tell apart leave it in the same order as there.
 */
export class Heap<Item> {
  readonly #items: Item[] = []
  readonly #atMost: (a: Item, b: Item) => boolean

  /** @param atMost whether a ≤ b */
  constructor(atMost: (a: Item, b: Item) => boolean) {
    this.#atMost = atMost
  }

  get size(): number {
    return this.#items.length
  }

  push(item: Item): void {
    this.#items.push(item)
    this.#siftUp(this.#items.length - 1)
  }

  pop(): Item | undefined {
    const last = this.#items.pop()
    const top = this.#items[0]
    if (top === undefined || last === undefined) return last
    this.#items[0] = last
    this.#siftUp(this.#siftToBottom())
    return top
  }

  #siftUp(start: number): void {
    const items = this.#items
    const item = items[start] as Item
    let at = start
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#atMost(item, items[parent] as Item)) break
      items[at] = items[parent] as Item
      at = parent
    }
    items[at] = item
  }

  /** Moves the root down along the greater children. @returns where it ends */
  #siftToBottom(): number {
    const items = this.#items
    const item = items[0] as Item
    let at = 0
    for (let child = 1; child < items.length; child = 2 * at + 1) {
      const right = child + 1
      if (right < items.length && this.#atMost(items[child] as Item, items[right] as Item)) child = right
      items[at] = items[child] as Item
      at = child
    }
    items[at] = item
    return at
  }
}
