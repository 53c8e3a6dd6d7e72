import { useState } from 'react'
import { patchCount, patchGrid } from '../../../../sequence/patches.ts'
import { Button } from '../../../../views/primitives/Button.tsx'
import { IntegerField } from '../../../../views/primitives/IntegerField.tsx'
import { whole } from '../../../../words/numbers.ts'
import { t } from '../../words/words.ts'
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

const FIELDS: readonly { key: keyof Sizes; max: number }[] = [
  { key: 'height', max: 16384 },
  { key: 'width', max: 16384 },
  { key: 'patch', max: 1024 },
  { key: 'channels', max: 64 },
]

/** N = H·W / P², spelled out for this model, and a calculator for any other. */
export function PatchArithmetic({ run }: VisionToolProps) {
  const [channels, height, width] = run.pixels.dims
  const own: Sizes = { height, width, channels, patch: run.model.info.image?.patch ?? 1 }
  const [sizes, setSizes] = useState(TEXTBOOK)
  return (
    <>
      <p data-testid="own-arithmetic">
        {t('arithmetic.own', {
          sum: sentence(own),
          tokens: run.tokens.length,
          numbers: whole(run.tokens.length ** 2),
        })}
      </p>
      <h3>{t('arithmetic.title')}</h3>
      <div className="tool-form">
        {FIELDS.map(({ key, max }) => (
          <IntegerField
            key={key}
            label={t(`arithmetic.${key}`)}
            value={sizes[key]}
            min={1}
            max={max}
            onChange={(value) => setSizes({ ...sizes, [key]: value })}
            testId={`calc-${key}`}
          />
        ))}
        <div className="row">
          <Button small onClick={() => setSizes(TEXTBOOK)}>
            {t('arithmetic.textbook')}
          </Button>
          <Button small onClick={() => setSizes(VIT_B16)}>
            ViT-B/16
          </Button>
          <Button small onClick={() => setSizes(own)}>
            {t('arithmetic.this')}
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
  const sum = t(fits ? 'arithmetic.fits' : 'arithmetic.rest', { height, width, patch, count })
  const { rows, columns } = grid
  return t('arithmetic.each', { sum, rows, columns, patch, channels, numbers: patch * patch * channels })
}
