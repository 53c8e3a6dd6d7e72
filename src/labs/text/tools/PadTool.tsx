import { useMemo } from 'react'
import { type PaddingSide, pad, setPaddingMask, unpad } from '../../../sequence/padding.ts'
import { active } from '../../../sequence/token.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Switch } from '../../../views/primitives/Switch.tsx'
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
import type { TextToolProps } from './props.ts'

const COLUMNS = [
  { id: 'none', title: 'no PAD' },
  { id: 'masked', title: 'PAD masked', hint: 'as it should be' },
  { id: 'readable', title: 'PAD readable', hint: 'the leak' },
] as const

/** The leak is seen in the maps. */
const MAPS: Capture = { layer: 0 }

/** Padding to a length, and what leaks when PAD can be read. */
export function PadTool({ lab, engine, run }: TextToolProps) {
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
      title="Padding"
      lead="A batch has one length: shorter texts are filled up with PAD, which nobody should read."
      testId="pad-tool"
      actions={
        <Button small disabled={length === bare} onClick={() => lab.edit(unpad)} data-testid="unpad">
          Take PAD away
        </Button>
      }
    >
      <div className="tool-form">
        <Slider
          label="Length"
          min={bare}
          max={most}
          value={length}
          format={(tokens) => `${tokens} tokens`}
          onChange={(tokens) => padTo(tokens, side)}
          disabled={bare >= most}
          testId="pad-length"
        />
        <Segmented
          label="PAD stands"
          showLabel
          testId="pad-side"
          value={side}
          options={[
            { value: 'left', label: 'left' },
            { value: 'right', label: 'right' },
            { value: 'centre', label: 'around the text' },
          ]}
          onChange={(where) => {
            lab.look({ padding: where })
            if (length > bare) padTo(length, where)
          }}
        />
        <Switch
          label="Padding mask: nobody reads PAD"
          checked={masked}
          onChange={(on) => lab.setMask(setPaddingMask(doc.mask, on))}
          testId="pad-mask"
        />
      </div>
      {!padded ? (
        <p className="hint">Move the slider to fill the sequence up with PAD.</p>
      ) : runs.none ? (
        <>
          <ReadoutComparison
            name="Read-outs without PAD, with PAD masked, and with PAD readable"
            columns={COLUMNS}
            rows={compareReadouts(
              runs.none,
              (['masked', 'readable'] as const).map((id) => runs[id] ?? (problems[id] ? null : undefined)),
              { labels: model.info.labels, tokenizer },
            )}
          />
          {runs.readable && <Leak run={runs.readable} />}
          <p className="hint">
            Masked PAD on the right changes nothing. On the left it moves the text to other positions, unless the
            positions are kept.
          </p>
        </>
      ) : (
        <p className="hint">Running …</p>
      )}
    </Panel>
  )
}

/** In words: what part of the text's attention PAD takes. */
function Leak({ run }: { run: TextRun }) {
  const shares = readOfPad(run)
  if (shares.every((share) => share === 0)) {
    return <p data-testid="pad-leak">The other rules of the mask keep PAD from being read, padding mask or not.</p>
  }
  const words = shares.flatMap((share, layer) =>
    share === null ? [] : [`${formatPercent(share)} in layer ${layer + 1}`],
  )
  return (
    <p data-testid="pad-leak">
      When it can be read, PAD takes part of the attention of the other tokens: <strong>{words.join(', ')}</strong>.
    </p>
  )
}
