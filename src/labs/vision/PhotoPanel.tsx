import { useState } from 'react'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import type { Sample } from '../shared/samples/samples.ts'
import { useLab } from '../shared/useLab.ts'
import { CropMode } from './CropMode.tsx'
import { help } from './help/help.ts'
import { LookMode } from './LookMode.tsx'
import { PaintMode } from './PaintMode.tsx'
import { readingName, rowOfKey } from './readings.ts'
import type { VisionLab } from './state/lab.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

const MODES = { look: LookMode, crop: CropMode, paint: PaintMode }
type ModeName = keyof typeof MODES

/** The photo, large: what a token reads in it; or the square to crop, or the paint to put on it. */
export function PhotoPanel({ lab, run, samples }: { lab: VisionLab; run: VisionRun; samples: readonly Sample[] }) {
  const { look } = useLab(lab.store)
  const [mode, setMode] = useState<ModeName>('look')
  const Mode = MODES[mode]
  const asker = run.tokens[rowOfKey(run, look.query)]?.label
  const alt = samples.find((sample) => sample.file === run.photo.name)?.title ?? run.photo.name
  return (
    <Panel
      help={help('photo')}
      title={asker ? t('photo.reads', { asker }) : t('photo')}
      lead={run.photo.isSmaller ? `${readingName(look)} · ${t('photo.smaller')}` : readingName(look)}
      testId="photo-panel"
      actions={
        <Segmented
          label={t('photo.mode')}
          small
          value={mode}
          options={(Object.keys(MODES) as ModeName[]).map((value) => ({ value, label: t(`photo.mode.${value}`) }))}
          onChange={setMode}
          testId="photo-mode"
        />
      }
    >
      <div className="photo-panel-body">
        <div className="vision-photo">
          <Mode lab={lab} run={run} alt={alt} />
        </div>
      </div>
    </Panel>
  )
}
