import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Select } from '../../views/primitives/Select.tsx'
import { Slider } from '../../views/primitives/Slider.tsx'
import { Switch } from '../../views/primitives/Switch.tsx'
import { formatPercent } from '../../viz/format.ts'
import { holdsMass, rowOf } from '../../viz/matrix.ts'
import { useLab } from '../shared/useLab.ts'
import { patchReading, readingMatrix, rowOfKey } from './readings.ts'
import type { VisionLab, VisionLook } from './state/lab.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

/** Whose reading is shown, of which layer and head, and how it is laid over the photo. */
export function ReadingControls({ lab, run }: { lab: VisionLab; run: VisionRun }) {
  const { look } = useLab(lab.store)
  const { layers, heads } = run.model.info
  const { overlay } = look
  const setOverlay = (change: Partial<VisionLook['overlay']>) => lab.look({ overlay: { ...overlay, ...change } })
  const row = rowOfKey(run, look.query)
  return (
    <>
      <div className="vision-pair">
        <Select
          label={t('reading.query')}
          value={String(look.query)}
          options={run.tokens
            .filter((token) => token.kind !== 'patch' || token.key === look.query)
            .map(({ key, kind, label }) => ({
              value: String(key),
              label: kind === 'patch' ? t('look.patch', { patch: label }) : label,
            }))}
          onChange={(key) => lab.look({ query: Number(key), selection: [Number(key)] })}
          testId="query"
        />
        <Select
          label={t('reading.label')}
          value={look.reading === 'head' ? String(look.head) : look.reading}
          options={[
            { value: 'mean', label: t('heads.mean') },
            { value: 'max', label: t('heads.max') },
            { value: 'rollout', label: t('rollout') },
            ...Array.from({ length: heads }, (_, head) => ({
              value: String(head),
              label: t('head.one', { head: head + 1 }),
            })),
          ]}
          onChange={(value) => lab.look(readingOf(value))}
          testId="reading"
        />
      </div>
      <Slider
        label={t('layer')}
        value={look.layer + 1}
        min={1}
        max={layers}
        format={(layer) => t('reading.layer', { layer, layers })}
        onChange={(layer) => lab.look({ layer: layer - 1 })}
        testId="layer"
      />
      <ReadingFacts run={run} look={look} row={row} />
      <Slider
        label={t('reading.overlay')}
        value={overlay.opacity}
        min={0}
        max={1}
        step={0.05}
        format={(opacity) => `${Math.round(opacity * 100)} %`}
        onChange={(opacity) => setOverlay({ opacity })}
        testId="opacity"
      />
      <div className="row">
        <Switch
          label={t('reading.smooth')}
          checked={overlay.smooth}
          onChange={(smooth) => setOverlay({ smooth })}
          testId="smooth"
        />
        <Switch
          label={t('reading.mass')}
          checked={overlay.mass !== null}
          onChange={(on) => setOverlay({ mass: on ? 0.6 : null })}
          testId="mass-on"
        />
      </div>
      {overlay.mass !== null && (
        <Slider
          label={t('reading.fewest')}
          value={overlay.mass}
          min={0.05}
          max={1}
          step={0.05}
          format={(mass) => `${Math.round(mass * 100)} %`}
          hint={heldSentence(patchReading(run, look, row), overlay.mass)}
          onChange={(mass) => setOverlay({ mass })}
          testId="mass"
        />
      )}
      <Segmented
        label={t('reading.photo')}
        small
        value={look.sight}
        options={[
          { value: 'sharp', label: t('reading.sharp') },
          { value: 'seen', label: t('reading.seen', { width: run.seen.width, height: run.seen.height }) },
        ]}
        onChange={(sight) => lab.look({ sight })}
        testId="sight"
      />
    </>
  )
}

function readingOf(value: string): Partial<VisionLook> {
  if (value === 'max' || value === 'rollout') return { reading: value }
  return { reading: 'head', head: value === 'mean' ? 'mean' : Number(value) }
}

/** What a reading falls on, told apart by the kind of token. */
const PARTS = ['patch', 'cls', 'register', 'others'] as const
type Part = (typeof PARTS)[number]

/** How much of the reading falls on patches, and how much on the other tokens: a map over a photo hides the latter. */
function ReadingFacts({ run, look, row }: { run: VisionRun; look: VisionLook; row: number }) {
  if (row < 0) return <p className="hint">{t('reading.gone')}</p>
  const matrix = readingMatrix(run, look)
  if (!matrix) return <p className="hint">{t('reading.unread')}</p>
  if (look.reading === 'max') return <p className="hint">{t('reading.max')}</p>
  const weights = rowOf(matrix, run.result.tokens, row)
  const parts = new Map<Part, number>()
  run.tokens.forEach(({ kind }, token) => {
    const part = PARTS.find((one) => one === kind) ?? 'others'
    parts.set(part, (parts.get(part) ?? 0) + (weights[token] as number))
  })
  return (
    <p className="hint" data-testid="reading-facts">
      {[...parts].map(([part, share]) => t(`reading.on.${part}`, { share: formatPercent(share) })).join(', ')}
    </p>
  )
}

function heldSentence(values: Float32Array | null, mass: number): string {
  if (!values) return ''
  const held = holdsMass(values, mass).reduce((sum, flag) => sum + flag, 0)
  return t('reading.held', { held, all: values.length })
}
