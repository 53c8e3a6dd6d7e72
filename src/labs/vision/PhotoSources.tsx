import { useEffect } from 'react'
import { ImageInput } from '../../views/photo/ImageInput.tsx'
import { Button } from '../../views/primitives/Button.tsx'
import { ErrorBanner } from '../../views/shell/Banner.tsx'
import { decimal } from '../../words/numbers.ts'
import type { Sample } from '../shared/samples/samples.ts'
import { useLab } from '../shared/useLab.ts'
import type { VisionLab } from './state/lab.ts'
import { t } from './words/words.ts'

/** Where photos come from: samples, a file, a drop anywhere on the page, the clipboard, a camera. */
export function PhotoSources({ lab, samples }: { lab: VisionLab; samples: readonly Sample[] }) {
  const { photo, reading } = useLab(lab.store)
  const { status, rate, problem } = useLab(lab.camera.store)
  usePastedFiles(lab.showFile)
  useCameraWhileShown(lab)
  const live = status !== 'off'
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
        <Button
          aria-pressed={live}
          onClick={() => (live ? lab.camera.stop() : void lab.camera.start())}
          data-testid="camera"
        >
          {t(live ? 'photo.camera.stop' : 'photo.camera.start')}
        </Button>
        {status === 'asking' && <span className="hint">{t('photo.camera.asking')}</span>}
        {status === 'live' && (
          <span className="hint mono">{rate > 0 ? t('photo.rate', { rate: decimal(rate, 1) }) : t('photo.live')}</span>
        )}
      </ImageInput>
      {(samples.length === 0 || !(photo || reading)) && (
        <Button small onClick={() => void lab.listSamples()} data-testid="list-samples">
          {t('photo.samples.again')}
        </Button>
      )}
      {problem && <ErrorBanner error={problem} onDismiss={() => lab.camera.store.setState({ problem: null })} />}
    </div>
  )
}

/** The camera is off whenever its pictures are not on screen. */
function useCameraWhileShown({ camera }: VisionLab): void {
  useEffect(() => {
    const leave = () => {
      if (document.hidden) camera.stop()
    }
    document.addEventListener('visibilitychange', leave)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      camera.stop()
    }
  }, [camera])
}

function usePastedFiles(onFile: (file: File) => void): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = event.clipboardData?.files[0]
      if (file) onFile(file)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [onFile])
}
