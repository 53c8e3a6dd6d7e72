/** A camera as a source of photos: each frame is taken when the one before has been drawn, so none ever queues. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { ClsroomError, type ErrorReport, reportOf } from '../../core/errors.ts'
import type { Picture } from '../../engine/reader_protocol.ts'

export interface CameraState {
  status: 'off' | 'asking' | 'live'
  /** Frames drawn a second, over the last few. */
  rate: number
  problem: ErrorReport | null
}

export interface Camera {
  store: StoreApi<CameraState>
  start(): Promise<void>
  stop(): void
}

/** Small enough to redraw often, sharp enough for a projector. */
const WIDTH = 640

/** @param show draws one frame; the next is taken when it resolves */
export function createCamera(show: (frame: Picture) => Promise<void>): Camera {
  const off: CameraState = { status: 'off', rate: 0, problem: null }
  const store = createStore<CameraState>(() => off)
  let turn = 0
  let stream: MediaStream | undefined

  function stop(): void {
    turn++
    for (const track of stream?.getTracks() ?? []) track.stop()
    stream = undefined
    if (store.getState().status !== 'off') store.setState({ status: 'off', rate: 0 })
  }

  async function start(): Promise<void> {
    stop()
    const mine = ++turn
    store.setState({ status: 'asking', problem: null })
    try {
      const opened = await openCamera()
      if (mine !== turn) {
        for (const track of opened.getTracks()) track.stop()
        return
      }
      stream = opened
      // Unplugged, or taken away by the system.
      stream.getVideoTracks()[0]?.addEventListener('ended', stop, { once: true })
      const video = document.createElement('video')
      video.muted = true
      video.playsInline = true
      video.srcObject = stream
      await video.play()
      store.setState({ status: 'live' })
      await loop(video, () => mine === turn)
    } catch (thrown) {
      if (mine !== turn) return
      stop()
      store.setState({ problem: reportOf(thrown) })
    }
  }

  async function loop(video: HTMLVideoElement, live: () => boolean): Promise<void> {
    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    if (!context) throw new ClsroomError('image', 'The browser gives no canvas to read the camera with')
    const times: number[] = []
    while (live()) {
      await show(grab(video, context))
      times.push(performance.now())
      if (times.length > 10) times.shift()
      const span = (times.at(-1) ?? 0) - (times[0] ?? 0)
      if (live() && span > 0) store.setState({ rate: ((times.length - 1) * 1000) / span })
      // The next frame the camera has; a hidden page gets none, and is stopped anyway.
      await new Promise<void>((resolve) => video.requestVideoFrameCallback(() => resolve()))
    }
  }

  return { store, start, stop }
}

function grab(video: HTMLVideoElement, context: OffscreenCanvasRenderingContext2D): Picture {
  const scale = Math.min(1, WIDTH / video.videoWidth)
  const width = Math.max(1, Math.round(video.videoWidth * scale))
  const height = Math.max(1, Math.round(video.videoHeight * scale))
  const { canvas } = context
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  context.drawImage(video, 0, 0, width, height)
  return { width, height, data: context.getImageData(0, 0, width, height).data as Picture['data'] }
}

const ADVICE: Record<string, readonly [what: string, advice: string]> = {
  NotAllowedError: ['The camera was refused', 'Allow the camera in the address bar, or choose a photo instead'],
  NotFoundError: ['There is no camera', 'Connect one, or choose a photo instead'],
  NotReadableError: ['The camera is in use', 'Close the other program that uses it, then try again'],
}

async function openCamera(): Promise<MediaStream> {
  // Absent where the page is neither https nor localhost.
  if (!navigator.mediaDevices) {
    throw new ClsroomError('unsupported', 'This page may not use a camera', {
      found: location.protocol,
      expected: 'https or localhost',
      advice: 'Choose a photo instead',
    })
  }
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: WIDTH }, height: { ideal: WIDTH } },
    })
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : ''
    const [what, advice] = ADVICE[name] ?? ['The camera could not be opened', 'Choose a photo instead']
    throw new ClsroomError('image', what, { advice, cause })
  }
}
