import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { cx } from '../cx.ts'
import { Button } from '../primitives/Button.tsx'
import { t } from '../words/words.ts'

export interface Sample {
  id: string
  /** Address of the thumbnail, on our own origin. */
  src: string
  alt: string
}

export interface ImageInputProps {
  samples: readonly Sample[]
  selected?: string | null
  onSample: (id: string) => void
  /** A dropped or chosen file, unchecked: the loader says whether it is a picture. */
  onFile: (file: File) => void
  busy?: boolean
  /** Further sources, beside the button: a camera. */
  children?: ReactNode
}

/** Where pictures come from: samples, a file, a drop. Pasting is handled by the page; the hint names it. */
export function ImageInput({ samples, selected, onSample, onFile, busy, children }: ImageInputProps) {
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    setOver(false)
    // A model's folder, say, was taken on its way here.
    if (event.isDefaultPrevented()) return
    event.preventDefault()
    const file = event.dataTransfer.files[0]
    if (file) onFile(file)
  }
  return (
    <section
      className={cx('image-input', over && 'image-input-over')}
      data-testid="image-input"
      aria-label={t('picture')}
      aria-busy={busy}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={drop}
    >
      <div className="image-input-own">
        <Button look="main" onClick={() => picker.current?.click()}>
          {t('picture.choose')}
        </Button>
        {children}
        <p className="hint">{t('picture.hint')}</p>
        <input
          ref={picker}
          type="file"
          accept="image/*"
          hidden
          data-testid="file"
          onChange={(event) => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) onFile(file)
          }}
        />
      </div>
      <ul className="samples" aria-label={t('picture.samples')}>
        {samples.map((sample) => (
          <li key={sample.id}>
            <button
              type="button"
              className="sample"
              data-testid="sample"
              data-sample={sample.id}
              aria-pressed={sample.id === selected}
              onClick={() => onSample(sample.id)}
            >
              <img src={sample.src} alt={sample.alt} width={64} height={64} loading="lazy" decoding="async" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
