import { useMemo } from 'react'
import { MaskEditor, type MaskPreset } from '../../shared/mask/MaskEditor.tsx'
import { useLab } from '../../shared/useLab.ts'
import { CAUSAL_MASK } from '../state/doc.ts'
import { mayRead } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { GenerateToolProps } from './props.ts'

/** Those of a decoder; without a causal rule every row may cheat. */
const PRESETS = [
  'causal',
  'causalWindow',
  'nobodyReadsBos',
  'nobodyReadsEosent',
  'prefix',
  'padding',
] as const satisfies readonly MaskPreset[]

/** Which query may read which key. */
export default function MaskTool({ lab, run }: GenerateToolProps) {
  const { doc, look } = useLab(lab.store)
  const readable = useMemo(() => mayRead(run), [run])
  return (
    doc && (
      <MaskEditor
        title={t('tool.mask')}
        mask={doc.mask}
        usual={CAUSAL_MASK}
        presets={PRESETS}
        tokens={run.tokens}
        readable={readable}
        layer={look.layer}
        selection={look.selection}
        scope={look.paint}
        onScope={(paint) => lab.look({ paint })}
        onMask={lab.setMask}
        onPaint={lab.paint}
      />
    )
  )
}
