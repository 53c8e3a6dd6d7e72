import { useMemo } from 'react'
import { silencedPatches } from '../../../sequence/patch_masking.ts'
import { patchCount } from '../../../sequence/patches.ts'
import { headName } from '../../../views/maps/types.ts'
import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { useLab } from '../../shared/useLab.ts'
import { compareClasses } from '../comparison.ts'
import { MaskedPhoto } from '../MaskedPhoto.tsx'
import { MaskingControls } from '../MaskingControls.tsx'
import { MaskingCurves } from '../MaskingCurves.tsx'
import { receivedByPatches } from '../state/masking_curve.ts'
import { gridOf } from '../state/run.ts'
import { useWhole } from '../useWhole.ts'
import { t } from '../words/words.ts'
import type { VisionToolProps } from './props.ts'

/** Patches taken away by lot, in a block, by the attention they receive or by hand, and what the class makes of it. */
export default function MaskingTool({ lab, engine, run }: VisionToolProps) {
  const { doc, draft, look, model } = useLab(lab.store)
  const whole = useWhole(engine, run, look.layer)
  const scores = useMemo(
    () => (whole?.result.attentions[look.layer] ? receivedByPatches(whole, look.layer, look.head) : null),
    [whole, look.layer, look.head],
  )
  if (!doc || !model) return null
  const grid = gridOf(model, doc.side)
  const { sequence } = { ...doc, ...draft }
  const N = patchCount(grid)

  return (
    <Panel help={null} title={t('masking.title')} lead={t('masking.lead')} testId="masking-tool">
      <div className="masking">
        <MaskedPhoto lab={lab} run={run} grid={grid} sequence={sequence} />
        <MaskingControls
          lab={lab}
          doc={doc}
          grid={grid}
          sequence={sequence}
          scores={scores}
          scoredBy={t('masking.received', { head: headName(look) })}
        />
      </div>
      {whole && Object.keys(model.info.labels).length > 0 && (
        <>
          <ReadoutComparison
            name={t(`masking.classes.${look.masking.as}`)}
            columns={[
              { id: 'whole', title: t('masking.whole'), hint: t('masking.patches', { count: N }) },
              {
                id: 'now',
                title: t('masking.now'),
                hint: t('masking.patches', { count: N - silencedPatches(run.doc.sequence).length }),
              },
            ]}
            rows={compareClasses(whole, [run])}
          />
          <MaskingCurves lab={lab} engine={engine} whole={whole} />
        </>
      )}
    </Panel>
  )
}
