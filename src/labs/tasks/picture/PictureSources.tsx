import { ImageInput } from '../../../views/photo/ImageInput.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import type { Sample } from '../../shared/samples/samples.ts'
import { useLab } from '../../shared/useLab.ts'
import { usePastedFiles } from '../../shared/usePastedFiles.ts'
import type { PictureLab } from './state/lab.ts'
import { t } from './words/words.ts'

/** Where pictures come from: samples, a file, a drop, the clipboard. */
export function PictureSources({ lab, samples }: { lab: PictureLab; samples: readonly Sample[] }) {
  const { photo, reading } = useLab(lab.store)
  usePastedFiles(lab.showFile)
  return (
    <div className="vision-sources">
      <ImageInput
        samples={samples.map(({ file, url, title }) => ({ id: file, src: url, alt: title }))}
        selected={photo?.source === 'sample' ? photo.name : null}
        onSample={(file) => {
          const sample = samples.find((one) => one.file === file)
          if (sample) void lab.showSample(sample)
        }}
        onFile={lab.showFile}
        busy={reading}
      />
      {(samples.length === 0 || !(photo || reading)) && (
        <Button small onClick={() => void lab.listSamples()} data-testid="list-samples">
          {t('photo.samples.again')}
        </Button>
      )}
    </div>
  )
}
