import { useMemo } from 'react'
import { DEFAULT_MASK } from '../../../sequence/mask.ts'
import { MaskEditor, type MaskPreset } from '../../shared/mask/MaskEditor.tsx'
import { useLab } from '../../shared/useLab.ts'
import { mayRead } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

/** Those of an encoder. */
const PRESETS = [
  'all',
  'padding',
  'causal',
  'prefix',
  'segments',
  'window',
  'clsReadsSep',
  'nobodyReadsCls',
  'nobodyReadsSep',
] as const satisfies readonly MaskPreset[]

/** Which query may read which key. */
export default function MaskTool({ lab, run }: TextToolProps) {
  const { doc, look } = useLab(lab.store)
  const readable = useMemo(() => mayRead(run), [run])
  return (
    doc && (
      <MaskEditor
        title={t('tool.mask')}
        mask={doc.mask}
        usual={DEFAULT_MASK}
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
