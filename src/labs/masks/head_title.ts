import { t } from './words/words.ts'

/** The question that a head answers. */
export function headTitle(head: string): string {
  if (head === 'nsp' || head === 'sop' || head === 'sentiment' || head === 'next' || head === 'mlm')
    return t(`head.${head}`)
  return head.charAt(0).toUpperCase() + head.slice(1)
}
