import { useState } from 'react'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { useLab } from '../shared/useLab.ts'
import { CropMode } from './CropMode.tsx'
import { LayerFilm } from './LayerFilm.tsx'
import { LookMode } from './LookMode.tsx'
import { PaintMode } from './PaintMode.tsx'
import { readingName, rowOfKey } from './readings.ts'
import type { VisionLab } from './state/lab.ts'
import type { VisionRun } from './state/run.ts'
import type { Sample } from './state/samples.ts'

const MODES = {
  look: { label: 'Look', Mode: LookMode },
  crop: { label: 'Crop', Mode: CropMode },
  paint: { label: 'Paint', Mode: PaintMode },
}

/** The photo, large: what a token reads in it; or the square to crop, or the paint to put on it. */
export function PhotoPanel({ lab, run, samples }: { lab: VisionLab; run: VisionRun; samples: readonly Sample[] }) {
  const { look } = useLab(lab.store)
  const [mode, setMode] = useState<keyof typeof MODES>('look')
  const { Mode } = MODES[mode]
  const asker = run.tokens[rowOfKey(run, look.query)]?.label
  const alt = samples.find((sample) => sample.file === run.photo.name)?.title ?? run.photo.name
  return (
    <Panel
      title={asker ? `What ${asker} reads in the photo` : 'The photo'}
      lead={readingName(look)}
      testId="photo-panel"
      actions={
        <Segmented
          label="What to do with the photo"
          value={mode}
          options={Object.entries(MODES).map(([value, { label }]) => ({ value: value as keyof typeof MODES, label }))}
          onChange={setMode}
          testId="photo-mode"
        />
      }
    >
      <div className="vision-photo">
        <Mode lab={lab} run={run} alt={alt} />
      </div>
      <LayerFilm lab={lab} run={run} />
    </Panel>
  )
}
