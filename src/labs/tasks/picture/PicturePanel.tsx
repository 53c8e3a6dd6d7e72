import * as edit from '../../../sequence/edit.ts'
import { patchKeys } from '../../../sequence/patches.ts'
import { PhotoStage } from '../../../views/photo/PhotoStage.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { shareBound } from '../../../viz/bounds.ts'
import { formatPercent } from '../../../viz/format.ts'
import { canvasOf } from '../../shared/canvases.ts'
import { LayerHead } from '../../shared/LayerHead.tsx'
import type { Sample } from '../../shared/samples/samples.ts'
import { useLab } from '../../shared/useLab.ts'
import { help } from './help/help.ts'
import { headName } from './names.ts'
import type { PictureLab } from './state/lab.ts'
import { COLOURS, type Colour, QUARTERS, type Quarters } from './state/lesson.ts'
import { partsOf, patchOfKey, patchReading, patchStatuses, readingOf, rowOfKey } from './state/readings.ts'
import { classTokens } from './state/reads.ts'
import type { PictureRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface PicturePanelProps {
  lab: PictureLab
  run: PictureRun
  samples: readonly Sample[]
}

/** The picture, large, turned and painted as the reader wants, under what the chosen token reads in it. */
export function PicturePanel({ lab, run, samples }: PicturePanelProps) {
  const { look } = useLab(lab.store)
  const row = rowOfKey(run, look.query)
  const asker = run.tokens[row]?.label
  const values = patchReading(run, row, look)
  const isSeen = look.sight === 'seen'
  return (
    <Panel
      help={help('photo')}
      title={asker ? t('photo.reads', { asker }) : t('photo')}
      lead={t('photo.where', { layer: look.layer + 1, head: headName(look.head) })}
      testId="photo-panel"
    >
      <div className="photo-panel-body">
        <div className="vision-photo">
          <PhotoStage
            image={canvasOf(isSeen ? run.seen : run.sharp)}
            pixelated={isSeen || undefined}
            alt={samples.find(({ file }) => file === run.photo.name)?.title ?? run.photo.name}
            rows={run.grid.rows}
            columns={run.grid.columns}
            values={values}
            asker={asker}
            statuses={patchStatuses(run)}
            selectedPatch={patchOfKey(run, look.query)}
            onSelectPatch={(patch) => {
              const [key] = patch === null ? [] : patchKeys(run.doc.sequence, [patch])
              lab.look(key === undefined ? { selection: [], query: firstKey(run) } : { selection: [key], query: key })
            }}
            bound={shareBound(look.fit, values ?? [])}
            fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
            overlay={{ opacity: 0.7, look: 'colour' }}
            maxSize={1600}
          />
          <div className="vision-controls">
            <LessonControls lab={lab} />
            <ReadingControls lab={lab} run={run} row={row} />
            <PatchActions lab={lab} run={run} />
          </div>
        </div>
      </div>
    </Panel>
  )
}

/** Who asks when no patch does. */
function firstKey({ doc }: PictureRun): number {
  return classTokens(doc.sequence)[0]?.key ?? 0
}

const OWN = 'own'

/** What the recipe asks: the turn and the rim. */
function LessonControls({ lab }: { lab: PictureLab }) {
  const { doc } = useLab(lab.store)
  if (!doc) return null
  const { quarters, rim } = doc
  return (
    <>
      <Segmented
        label={t('turn')}
        showLabel
        small
        value={String(quarters)}
        options={QUARTERS.map((turns) => ({ value: String(turns), label: `${90 * turns}°` }))}
        onChange={(turns) => lab.setQuarters(Number(turns) as Quarters)}
        testId="turn"
      />
      <Select
        label={t('rim')}
        value={rim?.colour ?? OWN}
        options={[
          { value: OWN, label: t('rim.own') },
          ...COLOURS.map((colour) => ({ value: colour, label: t(`colour.${colour}`) })),
        ]}
        onChange={(colour) =>
          lab.setRim(colour === OWN ? null : { colour: colour as Colour, strength: rim?.strength ?? 1 })
        }
        testId="rim"
      />
      {rim && (
        <Slider
          label={t('rim.strength')}
          value={rim.strength}
          min={0}
          max={1}
          step={0.05}
          format={formatPercent}
          onChange={(strength) => lab.setRim({ ...rim, strength }, 'rim')}
          testId="rim-strength"
        />
      )}
    </>
  )
}

function ReadingControls({ lab, run, row }: { lab: PictureLab; run: PictureRun; row: number }) {
  const { look } = useLab(lab.store)
  const reading = readingOf(run, row, look)
  const parts = reading && partsOf(run, reading, row)
  return (
    <>
      <LayerHead choice={look} info={run.model.info} onChoice={lab.look} />
      {parts && (
        <p className="hint" data-testid="reading-facts">
          {t('reads.parts', {
            patches: formatPercent(parts.patches),
            own: formatPercent(parts.own),
            others: formatPercent(parts.classTokens),
          })}
        </p>
      )}
      <Segmented
        label={t('sight')}
        small
        value={look.sight}
        options={[
          { value: 'sharp', label: t('sight.sharp') },
          { value: 'seen', label: t('sight.seen', { width: run.seen.width, height: run.seen.height }) },
        ]}
        onChange={(sight) => lab.look({ sight })}
        testId="sight"
      />
    </>
  )
}

/** What can be done to a patch that was chosen on the picture, and to all. */
function PatchActions({ lab, run }: { lab: PictureLab; run: PictureRun }) {
  const { look } = useLab(lab.store)
  const patches = run.doc.sequence.tokens.filter(({ kind }) => kind === 'patch')
  const chosen = patches.filter(({ key }) => look.selection.includes(key))
  const of = chosen.length > 0 ? chosen : patches
  const keys = of.map(({ key }) => key)
  const isRead = of.some(({ status }) => status === 'read')
  return (
    <div className="row">
      <span className="stamp" data-kind="patch">
        {chosen[0] ? t('patch.one', { patch: chosen[0].label }) : t('patch.all')}
      </span>
      {isRead && (
        <>
          <Button small onClick={() => lab.edit((s) => edit.setStatus(s, keys, 'masked'))} data-testid="patch-mask">
            {t('patch.mask')}
          </Button>
          <Button small onClick={() => lab.edit((s) => edit.remove(s, keys))} data-testid="patch-remove">
            {t('patch.remove')}
          </Button>
        </>
      )}
      {of.some(({ status }) => status !== 'read') && (
        <Button small onClick={() => lab.edit((s) => edit.setStatus(s, keys, 'read'))} data-testid="patch-restore">
          {t('patch.restore')}
        </Button>
      )}
    </div>
  )
}
