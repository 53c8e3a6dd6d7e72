import { useMemo, useState } from 'react'
import { headName } from '../../../views/maps/types.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { useLab } from '../../shared/useLab.ts'
import { MaskedPhoto } from '../MaskedPhoto.tsx'
import { MaskingControls } from '../MaskingControls.tsx'
import { patchReading } from '../readings.ts'
import { rebuilt } from '../state/rebuilt.ts'
import { gridOf } from '../state/run.ts'
import { useWhole } from '../useWhole.ts'
import type { VisionToolProps } from './props.ts'
import { MaskTokenReads } from './rebuild/MaskTokenReads.tsx'
import { MaskTokens } from './rebuild/MaskTokens.tsx'
import { RebuildCurves } from './rebuild/RebuildCurves.tsx'
import { RebuiltNumbers } from './rebuild/RebuiltNumbers.tsx'
import { RebuiltPictures } from './rebuild/RebuiltPictures.tsx'
import { TargetNote } from './rebuild/TargetNote.tsx'
import { t } from './rebuild/words/words.ts'

/** The model that comes with the page and draws what it does not see. */
const MASKED_AUTOENCODER = 'clsroom-mae'

/** What a masked autoencoder makes of the patches it is not shown, measured against the picture and two plain ways to fill a hole. */
export default function RebuildTool(props: VisionToolProps) {
  const { lab, engine, run } = props
  const { doc, draft, look, model } = useLab(lab.store)
  const whole = useWhole(engine, run, look.layer)
  const [patch, setPatch] = useState<number | null>(null)
  const scores = useMemo(
    () => whole && patchReading(whole, { layer: look.layer, head: look.head, reading: 'head' }, whole.pooledRow),
    [whole, look.layer, look.head],
  )
  const one = rebuilt(run)
  if (!doc || !model) return null
  if (!one) return <NotHere onOpen={() => void lab.setModel(MASKED_AUTOENCODER)} />
  const grid = gridOf(model, doc.side)
  const { sequence } = { ...doc, ...draft }
  return (
    <>
      <Panel help={null} title={t('title')} lead={t('lead')} testId="rebuild-tool">
        <div className="masking">
          <MaskedPhoto lab={lab} run={run} grid={grid} sequence={sequence} />
          <MaskingControls
            lab={lab}
            doc={doc}
            grid={grid}
            sequence={sequence}
            scores={scores}
            scoredBy={t('scored.by', { head: headName(look) })}
            onlyRemoves
          />
        </div>
        {one.hidden.length === 0 ? (
          <p className="hint">{t('nothing')}</p>
        ) : (
          <>
            <RebuiltPictures run={run} one={one} patch={patch} onPatch={setPatch} />
            <RebuiltNumbers one={one} />
          </>
        )}
      </Panel>
      {one.hidden.length > 0 && (
        <>
          <MaskTokenReads {...props} one={one} patch={patch} />
          <MaskTokens {...props} />
          <TargetNote run={run} one={one} patch={patch} />
        </>
      )}
      {whole && <RebuildCurves {...props} whole={whole} scores={scores} />}
    </>
  )
}

function NotHere({ onOpen }: { onOpen: () => void }) {
  return (
    <Panel help={null} title={t('title')} lead={t('lead')} testId="rebuild-tool">
      <p>{t('not.here')}</p>
      <Button onClick={onOpen} data-testid="open-mae">
        {t('open.model')}
      </Button>
    </Panel>
  )
}
