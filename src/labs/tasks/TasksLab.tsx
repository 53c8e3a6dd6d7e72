import type { LabViewProps } from '../definition.ts'
import { ModelPicker } from '../shared/ModelPicker.tsx'
import { useLab } from '../shared/useLab.ts'
import { PictureHalf } from './picture/PictureHalf.tsx'
import { PortfolioHalf } from './portfolio/PortfolioHalf.tsx'
import type { TasksLab as TasksLabState } from './state.ts'

/** Several class tokens, a task each: over a picture, or over assets; the chosen model decides. */
export default function TasksLab({ lab, engine, ownModels }: LabViewProps<TasksLabState>) {
  const half = useLab(lab.shown)
  const { model } = useLab(lab.store)
  const picker = model && (
    <ModelPicker
      small
      engine={engine}
      needs={['answers tasks']}
      chosen={model.id}
      onChoose={lab.setModel}
      ownModels={ownModels}
    />
  )
  switch (half) {
    case 'picture':
      return <PictureHalf lab={lab.halves.picture} engine={engine} picker={picker} />
    case 'portfolio':
      return <PortfolioHalf lab={lab.halves.portfolio} engine={engine} picker={picker} />
  }
}
