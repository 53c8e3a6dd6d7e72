import { ImageInput } from '../../views/photo/ImageInput.tsx'
import { CameraButton, CameraProblem } from '../shared/CameraSource.tsx'
import { useLab } from '../shared/useLab.ts'
import { usePastedFiles } from '../shared/usePastedFiles.ts'
import { className } from './class_name.ts'
import type { DetectLab } from './state/lab.ts'
import type { Scene } from './state/scenes.ts'
import { t } from './words/words.ts'

/** Where pictures come from: sample scenes, a file, a drop, the clipboard, a camera. */
export function SceneSources({ lab, scenes }: { lab: DetectLab; scenes: readonly Scene[] }) {
  const { photo, reading } = useLab(lab.store)
  usePastedFiles(lab.showFile)
  return (
    <div className="vision-sources">
      <ImageInput
        samples={scenes.map(({ file, url, objects, isKnown }) => ({
          id: file,
          src: url,
          alt: sceneName(objects, isKnown),
        }))}
        selected={photo?.source === 'sample' ? photo.name : null}
        onSample={(file) => {
          const scene = scenes.find((one) => one.file === file)
          if (scene) void lab.showScene(scene)
        }}
        onFile={lab.showFile}
        busy={reading}
      >
        <CameraButton camera={lab.camera} />
      </ImageInput>
      <CameraProblem camera={lab.camera} />
    </div>
  )
}

export function sceneName(objects: readonly { label: string }[], isKnown: boolean): string {
  const names = objects.map(({ label }) => className(label)).join(', ')
  return t(isKnown ? 'scene.known' : 'scene.unmet', { objects: names })
}
