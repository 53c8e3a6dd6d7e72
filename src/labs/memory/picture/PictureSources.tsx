import { useMemo } from 'react'
import { ImageInput } from '../../../views/photo/ImageInput.tsx'
import { canvasOf } from '../../shared/canvases.ts'
import { useLab } from '../../shared/useLab.ts'
import { usePastedFiles } from '../../shared/usePastedFiles.ts'
import { className } from './class_name.ts'
import type { PictureMemory } from './state/lab.ts'
import { fromSheet, type Samples } from './state/samples.ts'
import { t } from './words/words.ts'

/** What is offered of the sheets and of the photos: pictures on which the page's own model shows something. */
const DRAWN = ['7-1', '8-1', '1-1', '3-0', '9-0'].map((place) => `fashion-${place}`)
const WRITTEN = ['3-0', '3-1', '5-1', '7-0', '8-0'].map((place) => `digits-${place}`)
const PHOTOS = ['airplane.jpg', 'ship.jpg', 'dog.jpg', 'horse.jpg', 'red-panda.jpg']

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
  const drawn = [...DRAWN, ...WRITTEN].flatMap((id) => {
    const found = fromSheet(samples, id)
    if (!found) return []
    const sheet = id.startsWith('digits') ? 'digits' : 'fashion'
    const alt = t(`sample.${sheet}`, { label: className(found.label ?? '') })
    return [{ id, src: canvasOf(found.picture).toDataURL(), alt }]
  })
  return [...drawn, ...photos]
}
