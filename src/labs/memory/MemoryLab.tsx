import type { LabViewProps } from '../definition.ts'
import { lazyPart } from '../shared/lazy_part.ts'
import { useLab } from '../shared/useLab.ts'
import type { MemoryLab as MemoryLabState } from './state/lab.ts'

const TextMemory = lazyPart(() => import('./text/TextMemory.tsx'))

/** The half of the lab that the model belongs to. */
export default function MemoryLab({ lab, ...rest }: LabViewProps<MemoryLabState>) {
  const shows = useLab(lab.shown)
  switch (shows) {
    case 'text':
      return <TextMemory lab={lab.halves.text} {...rest} />
  }
}
