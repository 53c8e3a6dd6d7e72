/** The course: every lesson of the page in the order in which it is taught. A lesson is a file in its lab's `lessons/` and a line here. */
export const COURSE: readonly { id: string; lab: string }[] = [
  { id: 'what-is-special', lab: 'text' },
  { id: 'cls-gathers', lab: 'text' },
  { id: 'pooling', lab: 'text' },
  { id: 'sep-boundary', lab: 'text' },
  { id: 'sep-sink', lab: 'text' },
  { id: 'mask-context', lab: 'text' },
  { id: 'mask-training', lab: 'text' },
  { id: 'pad-leak', lab: 'text' },
  { id: 'unk-subwords', lab: 'text' },
  { id: 'hide-mask-remove', lab: 'text' },
  { id: 'patches-tokens', lab: 'vision' },
  { id: 'cls-vision', lab: 'vision' },
  { id: 'registers', lab: 'vision' },
  { id: 'cls-start', lab: 'vision' },
  { id: 'bos-start', lab: 'generate' },
  { id: 'eos-end', lab: 'generate' },
]
