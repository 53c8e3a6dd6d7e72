import { nameOfRow, saidBy } from './said.ts'
import type { Box, Detection, Labelled } from './state/boxes.ts'
import type { DetectRun } from './state/run.ts'

export interface BoxLayerProps {
  run: DetectRun
  detections: readonly Detection[]
  /** Row of the chosen query. */
  chosen: number
  /** The chosen query's box after each layer; absent: not drawn. */
  path?: readonly Box[]
  truth?: readonly Labelled[] | null
}

const SIDE = 100

/** Boxes over a picture; the table of the read-outs says the same in words. */
export function BoxLayer({ run, detections, chosen, path, truth }: BoxLayerProps) {
  const own = run.detections.find(({ row }) => row === chosen)
  return (
    <svg
      className="boxes"
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      data-testid="boxes"
    >
      {truth?.map(({ box, label }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two objects may be alike
        <BoxOutline key={`${label}-${i}`} box={box} kind="truth" />
      ))}
      {detections
        .filter(({ row }) => row !== chosen)
        .map((one) => (
          <BoxOutline key={one.row} box={one.box} kind="other" title={`${nameOfRow(run, one.row)} ${saidBy(one)}`} />
        ))}
      {path?.slice(0, -1).map((box, layer) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place
        <BoxOutline key={layer} box={box} kind="path" opacity={0.3 + (0.6 * layer) / path.length} />
      ))}
      {path && (
        <polyline
          className="box-path"
          points={path.map(({ x, y }) => `${x * SIDE},${y * SIDE}`).join(' ')}
          vectorEffect="non-scaling-stroke"
        />
      )}
      {own && <BoxOutline box={own.box} kind={own.isNone ? 'none' : 'chosen'} />}
    </svg>
  )
}

type Kind = 'truth' | 'other' | 'path' | 'chosen' | 'none'

function BoxOutline({ box, kind, title, opacity }: { box: Box; kind: Kind; title?: string; opacity?: number }) {
  const place = {
    x: (box.x - box.width / 2) * SIDE,
    y: (box.y - box.height / 2) * SIDE,
    width: box.width * SIDE,
    height: box.height * SIDE,
    opacity,
  }
  return (
    <g data-box={kind}>
      {title && <title>{title}</title>}
      <rect className="box-shadow" {...place} />
      <rect className="box-line" {...place} />
    </g>
  )
}
