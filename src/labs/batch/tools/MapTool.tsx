import { useMemo } from 'react'
import { maskBit } from '../../../core/mask.ts'
import { AttentionMap } from '../../../views/maps/AttentionMap.tsx'
import { headName, type MapToken } from '../../../views/maps/types.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { shareBound } from '../../../viz/bounds.ts'
import { useLab } from '../../shared/useLab.ts'
import { coloursOf } from '../colours.ts'
import { mapOfRow } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { BatchToolProps } from './props.ts'

/** The chosen row's attention: blocks where sequences are kept apart; each can be opened alone. */
export default function MapTool({ lab, run }: BatchToolProps) {
  const { look } = useLab(lab.store)
  const { assembled, info, maps } = run
  const { width, rows, owner, standing, request } = assembled
  const row = Math.min(look.row, rows - 1)
  const matrix = useMemo(() => mapOfRow(run, row), [run, row])
  const own = standing.filter((one) => one.row === row)
  const isShared = own.length > 1
  const tokens = useMemo(() => {
    const colours = isShared ? coloursOf(assembled, row) : []
    return assembled.tokens.slice(row * width, (row + 1) * width).map(
      ({ label, kind }, at): MapToken => ({
        key: String(at),
        kind,
        label,
        masked: owner[row * width + at] === -1,
        colour: colours[at],
      }),
    )
  }, [assembled, row, width, owner, isShared])
  const numbers = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ value: String(i), label: String(i + 1) }))
  const readable = (q: number, k: number) =>
    (!run.model.causal || k <= q) && !!request.mask && maskBit(request.mask.bits, width, row * width + q, k)
  return (
    <Panel help={null} title={t('tool.map')} lead={t('map.lead')} testId="row-map">
      <div className="tool-form row">
        <Select
          inline
          label={t('map.layer')}
          value={String(look.layer)}
          options={numbers(info.layers)}
          testId="map-layer"
          onChange={(layer) => lab.look({ layer: Number(layer) })}
        />
        <Select
          inline
          label={t('map.head')}
          value={String(look.head)}
          options={[{ value: 'mean', label: t('map.mean') }, ...numbers(info.heads)]}
          testId="map-head"
          onChange={(head) => lab.look({ head: head === 'mean' ? 'mean' : Number(head) })}
        />
      </div>
      {matrix && maps ? (
        <AttentionMap
          matrix={matrix}
          tokens={tokens}
          name={headName(maps)}
          readable={readable}
          bound={shareBound(look.fit, matrix)}
          fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
          maxHeight={520}
        />
      ) : (
        <p data-testid="no-map">{t('map.large')}</p>
      )}
      <div className="row" data-testid="open-alone">
        {own.map(({ sequence }) => (
          <Button key={sequence} small onClick={() => openAlone(sequence)}>
            {t('map.alone', { number: sequence + 1 })}
          </Button>
        ))}
      </div>
    </Panel>
  )

  /** The sequence's line, as the only one. */
  function openAlone(sequence: number): void {
    const line = run.pieces[sequence] ?? []
    lab.setText(textOf(line))
  }
}

/** What was written, from the pieces' own places in it. */
function textOf(pieces: readonly { text: string; start: number }[]): string {
  return pieces.reduce(
    (text, piece) => text.padEnd(piece.start) + piece.text.slice(Math.max(0, text.length - piece.start)),
    '',
  )
}
