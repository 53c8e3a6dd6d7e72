import { useMemo } from 'react'
import { ImageInput } from '../../../views/photo/ImageInput.tsx'
import { canvasOf } from '../../shared/canvases.ts'
import { usePastedFiles } from '../../shared/photos/usePastedFiles.ts'
import { useLab } from '../../shared/useLab.ts'
import { className } from './class_name.ts'
import type { PictureMemory } from './state/lab.ts'
import { fromSheet, type Samples, SHEETS, type Sheet } from './state/samples.ts'
import { t } from './words/words.ts'

/** Of each sheet these classes are offered, and of the photos these files. */
const OFFERED: Record<Sheet, readonly number[]> = { fashion: [7, 8, 1, 3, 6], digits: [7, 3, 0, 5, 2] }
const PHOTOS = ['dog.jpg', 'ship.jpg', 'automobile.jpg', 'horse.jpg', 'red-panda.jpg']

/** Where pictures come from: samples of every task, a file, a drop, the clipboard. */
export function PictureSources({ lab }: { lab: PictureMemory }) {
  const { photo, reading } = useLab(lab.store)
  const { samples } = useLab(lab.samples)
  usePastedFiles(lab.showFile)
  const offered = useMemo(() => (samples ? offeredOf(samples) : []), [samples])
  return (
    <div className="vision-sources">
      <ImageInput
        samples={offered}
        selected={photo?.source === 'sample' ? photo.name : null}
        onSample={(id) => void lab.showSample(id)}
        onFile={lab.showFile}
        busy={reading}
      />
    </div>
  )
}

function offeredOf(samples: Samples) {
  const photos = samples.photos
    .filter(({ file }) => PHOTOS.includes(file))
    .map(({ file, url, title }) => ({ id: file, src: url, alt: title }))
  const drawn = (Object.keys(SHEETS) as Sheet[]).flatMap((sheet) =>
    OFFERED[sheet].flatMap((label) => {
      const found = fromSheet(samples, `${sheet}-${label}-1`)
      if (!found) return []
      const alt = t(`sample.${sheet}`, { label: className(found.label ?? '') })
      return [{ id: found.id, src: canvasOf(found.picture).toDataURL(), alt }]
    }),
  )
  return [...drawn, ...photos]
}
