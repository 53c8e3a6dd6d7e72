import { t } from './words/words.ts'

/** The classes of the page's own model; another one's are called as it calls them. */
const KNOWN = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
  't-shirt',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
] as const

export function className(label: string): string {
  const known = KNOWN.find((one) => one === label)
  return known ? t(`class.${known}`) : label
}

const TASKS = ['base', 'fashion', 'digits', 'digits_extension'] as const

/** "clothes"; another model's task is called as it calls it. */
export function headName(head: string): string {
  const known = TASKS.find((one) => one === head)
  return known ? t(`task.${known}`) : head
}

/** "[CLS]", "[CLS clothes]" */
export function clsName(head: string): string {
  return head === 'base' ? '[CLS]' : `[CLS ${headName(head)}]`
}

/** "[MEM 2 clothes]" */
export function memoryName(task: string, row: number): string {
  return `[MEM ${row + 1} ${headName(task)}]`
}
