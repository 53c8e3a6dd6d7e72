import { useState } from 'react'
import { patchCount, patchGrid } from '../../../../sequence/patches.ts'
import { Button } from '../../../../views/primitives/Button.tsx'
import { IntegerField } from '../../../../views/primitives/IntegerField.tsx'
import type { VisionToolProps } from '../props.ts'

interface Sizes {
  height: number
  width: number
  patch: number
  channels: number
}

/** Dosovitskiy et al. 2021, §3.1, and the exercise of the textbooks. */
const TEXTBOOK: Sizes = { height: 256, width: 256, patch: 32, channels: 3 }
const VIT_B16: Sizes = { height: 224, width: 224, patch: 16, channels: 3 }

const FIELDS: { key: keyof Sizes; label: string; max: number }[] = [
  { key: 'height', label: 'Height H', max: 16384 },
  { key: 'width', label: 'Width W', max: 16384 },
  { key: 'patch', label: 'Patch side P', max: 1024 },
  { key: 'channels', label: 'Channels C', max: 64 },
]

/** N = H·W / P², spelled out for this model, and a calculator for any other. */
export function PatchArithmetic({ run }: VisionToolProps) {
  const [channels, height, width] = run.pixels.dims
  const own: Sizes = { height, width, channels, patch: run.model.info.image?.patch ?? 1 }
  const [sizes, setSizes] = useState(TEXTBOOK)
  return (
    <>
      <p data-testid="own-arithmetic">
        This model: {sentence(own)} With [CLS] and registers this run has {run.tokens.length} tokens, and every map{' '}
        {run.tokens.length} × {run.tokens.length} = {(run.tokens.length ** 2).toLocaleString('en')} numbers.
      </p>
      <h3>Work it out</h3>
      <div className="tool-form">
        {FIELDS.map(({ key, label, max }) => (
          <IntegerField
            key={key}
            label={label}
            value={sizes[key]}
            min={1}
            max={max}
            onChange={(value) => setSizes({ ...sizes, [key]: value })}
            testId={`calc-${key}`}
          />
        ))}
        <div className="row">
          <Button small onClick={() => setSizes(TEXTBOOK)}>
            Textbook: 256, patches of 32
          </Button>
          <Button small onClick={() => setSizes(VIT_B16)}>
            ViT-B/16
          </Button>
          <Button small onClick={() => setSizes(own)}>
            This model
          </Button>
        </div>
      </div>
      <output className="vision-answer" data-testid="calc-answer">
        {sentence(sizes)}
      </output>
    </>
  )
}

function sentence({ height, width, patch, channels }: Sizes): string {
  const grid = patchGrid(height, width, patch)
  const count = patchCount(grid)
  const fits = height % patch === 0 && width % patch === 0
  const sum = fits
    ? `H·W / P² = ${height} · ${width} / ${patch}² = ${count} patches`
    : `⌊${height} / ${patch}⌋ · ⌊${width} / ${patch}⌋ = ${count} whole patches; ${patch} does not divide the picture, so the rest is cut off`
  return `${sum}, ${grid.rows} × ${grid.columns}; each is ${patch} · ${patch} · ${channels} = ${patch * patch * channels} numbers.`
}
