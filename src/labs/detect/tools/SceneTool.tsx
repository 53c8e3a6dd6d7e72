import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { keyPressed, PIECE_KEYS } from '../../../views/keys/tables.ts'
import { PixelView } from '../../../views/photo/PixelView.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { useLab } from '../../shared/useLab.ts'
import { className } from '../class_name.ts'
import { COVER, DRAWN, type Piece } from '../state/scene.ts'
import { t } from '../words/words.ts'
import type { DetectToolProps } from './props.ts'

const NUDGE = 1 / 64
const MOST = 40
/** Side of the pad in CSS pixels. */
const PAD = 288

/** Drawings on the picture, to drag and to scale; a grey square covers. The queries answer as it moves. */
export default function SceneTool({ lab, run }: DetectToolProps) {
  const { doc } = useLab(lab.store)
  const [held, setHeld] = useState(0)
  const pieces = doc?.pieces ?? []
  const piece = pieces[Math.min(held, pieces.length - 1)]
  const place = pieces.indexOf(piece as Piece)
  const put = (next: readonly Piece[], of = '') => void lab.setPieces(next, of)
  const move = (index: number, change: Partial<Piece>, of: string) =>
    put(
      pieces.map((one, i) => (i === index ? { ...one, ...change } : one)),
      of,
    )
  const add = (drawing: number) => {
    setHeld(pieces.length)
    put([...pieces, { drawing, variant: 0, x: 0.5, y: 0.5, size: 0.4 }])
  }
  return (
    <>
      <Panel help={null} title={t('scene.title')} lead={t('scene.lead')} testId="scene-editor">
        <ScenePad run={run} pieces={pieces} held={place} onHold={setHeld} onMove={move} />
        {piece && (
          <>
            <Slider
              label={t('scene.size', { piece: pieceName(piece) })}
              value={piece.size}
              min={0.1}
              max={1}
              step={0.02}
              format={formatPercent}
              onChange={(size) => move(place, { size }, `size ${place}`)}
              testId="piece-size"
            />
            <div className="row">
              {piece.drawing !== COVER && (
                <Segmented
                  label={t('scene.variant')}
                  small
                  value={String(piece.variant)}
                  options={[0, 1].map((variant) => ({
                    value: String(variant),
                    label: t('scene.variant.one', { variant: variant + 1 }),
                  }))}
                  onChange={(variant) => move(place, { variant: Number(variant) }, '')}
                />
              )}
              <Button small data-testid="piece-remove" onClick={() => put(pieces.filter((_, i) => i !== place))}>
                {t('scene.remove')}
              </Button>
              <Button small data-testid="pieces-clear" onClick={() => put([])}>
                {t('scene.clear')}
              </Button>
            </div>
          </>
        )}
      </Panel>
      <Panel help={null} title={t('scene.add')} testId="scene-add">
        <div className="row">
          {DRAWN.map((label, drawing) => (
            <Button
              key={label}
              small
              data-testid={`add-${label}`}
              disabled={pieces.length >= MOST}
              onClick={() => add(drawing)}
            >
              {className(label)}
            </Button>
          ))}
          <Button small data-testid="add-cover" disabled={pieces.length >= MOST} onClick={() => add(COVER)}>
            {t('scene.cover')}
          </Button>
        </div>
        <p className="hint">{t('scene.source')}</p>
      </Panel>
    </>
  )
}

function pieceName({ drawing }: Piece): string {
  return drawing === COVER ? t('scene.cover') : className(DRAWN[drawing] ?? '')
}

interface ScenePadProps {
  run: DetectToolProps['run']
  pieces: readonly Piece[]
  held: number
  onHold: (index: number) => void
  onMove: (index: number, change: Partial<Piece>, of: string) => void
}

/** The picture with a handle a drawing: dragged, or moved by arrows; + and − scale. */
function ScenePad({ run, pieces, held, onHold, onMove }: ScenePadProps) {
  const pad = useRef<HTMLDivElement>(null)
  const grip = useRef<{ dx: number; dy: number } | null>(null)
  const at = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = (pad.current as HTMLDivElement).getBoundingClientRect()
    return { x: (clientX - left) / width, y: (clientY - top) / height }
  }
  const clamp = (share: number) => Math.min(1, Math.max(0, share))
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const { x, y, size } = pieces[index] as Piece
    const pressed = keyPressed(PIECE_KEYS, event.nativeEvent)
    if (pressed === null) return
    const change = {
      left: { x: clamp(x - NUDGE) },
      right: { x: clamp(x + NUDGE) },
      up: { y: clamp(y - NUDGE) },
      down: { y: clamp(y + NUDGE) },
      larger: { size: Math.min(1, size * 1.1) },
      smaller: { size: Math.max(0.1, size / 1.1) },
    }[pressed]
    event.preventDefault()
    onMove(index, change, `keys ${index}`)
  }
  return (
    <div className="scene-pad" ref={pad} data-testid="scene-pad">
      <PixelView picture={run.picture} alt={t('scene.pad')} size={PAD} />
      {pieces.map((piece, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a drawing is its place in the order of painting
          key={index}
          type="button"
          className="scene-piece"
          data-testid="piece"
          aria-pressed={index === held}
          aria-label={t('scene.piece', {
            piece: pieceName(piece),
            x: Math.round(100 * piece.x),
            y: Math.round(100 * piece.y),
          })}
          style={{
            left: `${100 * (piece.x - piece.size / 2)}%`,
            top: `${100 * (piece.y - piece.size / 2)}%`,
            width: `${100 * piece.size}%`,
            height: `${100 * piece.size}%`,
          }}
          onFocus={() => onHold(index)}
          onKeyDown={(event) => onKeyDown(event, index)}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId)
            const point = at(event)
            grip.current = { dx: point.x - piece.x, dy: point.y - piece.y }
            onHold(index)
          }}
          onPointerMove={(event) => {
            if (!grip.current) return
            const point = at(event)
            const { dx, dy } = grip.current
            onMove(index, { x: clamp(point.x - dx), y: clamp(point.y - dy) }, `drag ${index}`)
          }}
          onPointerUp={() => {
            grip.current = null
          }}
          onPointerCancel={() => {
            grip.current = null
          }}
        />
      ))}
    </div>
  )
}
