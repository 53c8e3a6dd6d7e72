import { useMemo } from 'react'
import { type PaddingSide, pad, setPaddingMask, unpad } from '../../../sequence/padding.ts'
import { active } from '../../../sequence/token.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Switch } from '../../../views/primitives/Switch.tsx'
import { Rich } from '../../../views/Rich.tsx'
import { ReadoutComparison } from '../../../views/readouts/ReadoutComparison.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { useLab } from '../../shared/useLab.ts'
import { compareReadouts } from '../comparison.ts'
import { specialEntry } from '../state/doc.ts'
import { readOfPad } from '../state/padding_leak.ts'
import type { Capture, TextRun } from '../state/run.ts'
import { paddings } from '../state/variants.ts'
import { useVariations } from '../useVariations.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

/** The leak is seen in the maps. */
const MAPS: Capture = { layer: 0 }

/** Padding to a length, and what leaks when PAD can be read. */
export default function PadTool({ lab, engine, run }: TextToolProps) {
  const { doc, model, tokenizer, look } = useLab(lab.store)
  const side = look.padding
  const padded = run.tokens.some(({ kind }) => kind === 'pad')
  const variants = useMemo(() => (padded ? paddings(run.doc) : null), [run, padded])
  const { runs, problems } = useVariations(engine, model, variants, MAPS)
  if (!doc || !model || !tokenizer) return null
  const bare = active(unpad(doc.sequence)).length
  const length = active(doc.sequence).length
  const most = model.info.maxTokens
  const entry = specialEntry(tokenizer, 'pad')
  const padTo = (tokens: number, where: PaddingSide) => lab.drag((sequence) => pad(sequence, tokens, where, entry))
  const masked = doc.mask.rules.some((rule) => rule.type === 'padding' && !rule.layers)
  return (
    <Panel
      help={null}
      title={t('tool.pad')}
      lead={t('pad.lead')}
      testId="pad-tool"
      actions={
        <Button small disabled={length === bare} onClick={() => lab.edit(unpad)} data-testid="unpad">
          {t('pad.away')}
        </Button>
      }
    >
      <div className="tool-form">
        <Slider
          label={t('pad.length')}
          min={bare}
          max={most}
          value={length}
          format={(count) => t('pad.length.tokens', { count })}
          onChange={(tokens) => padTo(tokens, side)}
          disabled={bare >= most}
          testId="pad-length"
        />
        <Segmented
          label={t('pad.side')}
          showLabel
          testId="pad-side"
          value={side}
          options={[
            { value: 'left', label: t('pad.side.left') },
            { value: 'right', label: t('pad.side.right') },
            { value: 'centre', label: t('pad.side.centre') },
          ]}
          onChange={(where) => {
            lab.look({ padding: where })
            if (length > bare) padTo(length, where)
          }}
        />
        <Switch
          label={t('pad.mask')}
          checked={masked}
          onChange={(on) => lab.setMask(setPaddingMask(doc.mask, on))}
          testId="pad-mask"
        />
      </div>
      {!padded ? (
        <p className="hint">{t('pad.start')}</p>
      ) : runs.none ? (
        <>
          <ReadoutComparison
            name={t('pad.name')}
            columns={[
              { id: 'none', title: t('pad.none') },
              { id: 'masked', title: t('pad.masked'), hint: t('pad.masked.hint') },
              { id: 'readable', title: t('pad.readable'), hint: t('pad.readable.hint') },
            ]}
            rows={compareReadouts(
              runs.none,
              (['masked', 'readable'] as const).map((id) => runs[id] ?? (problems[id] ? null : undefined)),
              { info: model.info, tokenizer },
            )}
          />
          {runs.readable && <Leak run={runs.readable} />}
          <p className="hint">{t('pad.hint')}</p>
        </>
      ) : (
        <p className="hint">{t('running.variants')}</p>
      )}
    </Panel>
  )
}

/** In words: what part of the text's attention PAD takes. */
function Leak({ run }: { run: TextRun }) {
  const shares = readOfPad(run)
  if (shares.every((share) => share === 0)) {
    return <p data-testid="pad-leak">{t('pad.leak.none')}</p>
  }
  const said = shares.flatMap((share, layer) =>
    share === null ? [] : [t('pad.leak.layer', { share: formatPercent(share), layer: layer + 1 })],
  )
  return (
    <p data-testid="pad-leak">
      <Rich words={t} id="pad.leak" values={{ shares: said.join(', ') }} tags={{ b: <strong /> }} />
    </p>
  )
}
