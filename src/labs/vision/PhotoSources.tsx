import { ImageInput } from '../../views/photo/ImageInput.tsx'
import { Button } from '../../views/primitives/Button.tsx'
import { CameraButton, CameraProblem } from '../shared/CameraSource.tsx'
import type { Sample } from '../shared/samples/samples.ts'
import { useLab } from '../shared/useLab.ts'
import { usePastedFiles } from '../shared/usePastedFiles.ts'
import type { VisionLab } from './state/lab.ts'
import { t } from './words/words.ts'

/** Where photos come from: samples, a file, a drop anywhere on the page, the clipboard, a camera. */
export function PhotoSources({ lab, samples }: { lab: VisionLab; samples: readonly Sample[] }) {
  const { photo, reading } = useLab(lab.store)
  usePastedFiles(lab.showFile)
  return (
    <div className="vision-sources">
      <ImageInput
        samples={samples.map(({ file, url, title }) => ({ id: file, src: url, alt: title }))}
        selected={photo?.source === 'sample' ? photo.name : null}
        onSample={(file) => {
          const sample = samples.find((candidate) => candidate.file === file)
          if (sample) void lab.showSample(sample)
        }}
        onFile={lab.showFile}
      >
        <CameraButton camera={lab.camera} />
      </ImageInput>
      {(samples.length === 0 || !(photo || reading)) && (
        <Button small onClick={() => void lab.listSamples()} data-testid="list-samples">
          {t('photo.samples.again')}
        </Button>
      )}
      <CameraProblem camera={lab.camera} />
    </div>
  )
}
