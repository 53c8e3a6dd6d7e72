import { useMemo } from 'react'
import { Switch } from '../../../../views/primitives/Switch.tsx'
import { MaskEditor } from '../../../shared/mask/MaskEditor.tsx'
import { useLab } from '../../../shared/useLab.ts'
import { isClosed, memoryOf, QUADRANTS, usualMask, withQuadrant } from '../state/doc.ts'
import { mayRead } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { MemoryToolProps } from './props.ts'

/** Who reads whom: four quadrants, and cells painted by hand. */
export default function MaskTool({ lab, run, tokenizer }: MemoryToolProps) {
  const { doc, look } = useLab(lab.store)
  const readable = useMemo(() => mayRead(run), [run])
  if (!doc) return null
  const bottleneck = memoryOf(run.model).variant === 'membottleneck'
  return (
    <>
      <div className="quadrants" data-testid="quadrants">
        {QUADRANTS.map((quadrant) => (
          <Switch
            key={quadrant}
            label={t(`quadrant.${quadrant}`)}
            checked={!isClosed(doc.mask, quadrant) && !(bottleneck && quadrant === 'text-text')}
            disabled={bottleneck && quadrant === 'text-text'}
            onChange={(open) => lab.setMask(withQuadrant(doc.mask, quadrant, open))}
            testId={`quadrant-${quadrant}`}
          />
        ))}
      </div>
      {bottleneck && <p className="hint">{t('quadrant.bottleneck')}</p>}
      <MaskEditor
        title={t('tool.mask')}
        mask={doc.mask}
        usual={usualMask({ ...run.model, tokenizer })}
        presets={['all', 'padding']}
        tokens={run.tokens}
        readable={readable}
        layer={look.layer}
        selection={look.selection}
        scope={look.paint}
        onScope={(paint) => lab.look({ paint })}
        onMask={lab.setMask}
        onPaint={lab.paint}
      />
    </>
  )
}
