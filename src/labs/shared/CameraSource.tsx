import { useEffect } from 'react'
import { Button } from '../../views/primitives/Button.tsx'
import { ErrorBanner } from '../../views/shell/Banner.tsx'
import { decimal } from '../../words/numbers.ts'
import type { Camera } from './camera.ts'
import { useLab } from './useLab.ts'
import { t } from './words/words.ts'

/** Starts and stops a camera, and says how fast its pictures are drawn. It is off whenever they are not on screen. */
export function CameraButton({ camera }: { camera: Camera }) {
  const { status, rate } = useLab(camera.store)
  useCameraWhileShown(camera)
  const live = status !== 'off'
  return (
    <>
      <Button aria-pressed={live} onClick={() => (live ? camera.stop() : void camera.start())} data-testid="camera">
        {t(live ? 'camera.stop' : 'camera.start')}
      </Button>
      {status === 'asking' && <span className="hint">{t('camera.asking')}</span>}
      {status === 'live' && (
        <span className="hint mono">{rate > 0 ? t('camera.rate', { rate: decimal(rate, 1) }) : t('camera.live')}</span>
      )}
    </>
  )
}

/** Why there is no picture of a camera. */
export function CameraProblem({ camera }: { camera: Camera }) {
  const { problem } = useLab(camera.store)
  return problem && <ErrorBanner error={problem} onDismiss={() => camera.store.setState({ problem: null })} />
}

function useCameraWhileShown(camera: Camera): void {
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
