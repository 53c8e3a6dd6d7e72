import { useEffect, useId } from 'react'
import { Button } from '../../../views/primitives/Button.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { useLab } from '../../shared/useLab.ts'
import { sampleName } from './names.ts'
import type { PortfolioLab } from './state/lab.ts'
import { looksLikeTable, type Sample } from './state/market.ts'
import { portfolioInfo } from './state/run.ts'
import { t } from './words/words.ts'

const OWN = 'own'

/** Where prices come from (samples, a file, a drop, the clipboard), and which of their days is the last that is known. */
export function PriceSources({ lab, samples }: { lab: PortfolioLab; samples: readonly Sample[] }) {
  const { market, reading, doc, model } = useLab(lab.store)
  const file = useId()
  usePastedTables(lab)
  const own = market?.source === 'own' ? [{ value: OWN, label: market.name }] : []
  const first = model ? portfolioInfo(model.info).window : 0
  const last = (market?.table.dates.length ?? 1) - 1
  return (
    <div className="price-sources" aria-busy={reading || undefined}>
      <Select
        label={t('market')}
        inline
        value={market?.source === 'sample' ? market.name : OWN}
        options={[...samples.map((sample) => ({ value: sample.day, label: sampleName(sample) })), ...own]}
        onChange={(day) => {
          const sample = samples.find((one) => one.day === day)
          if (sample) void lab.showSample(sample)
        }}
        testId="market"
      />
      <label className="button button-small" htmlFor={file}>
        {t('market.file')}
      </label>
      <input
        id={file}
        className="sr-only"
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        data-testid="market-file"
        onChange={(event) => {
          const [chosen] = event.target.files ?? []
          if (chosen) void lab.showFile(chosen)
          event.target.value = ''
        }}
      />
      {market && doc && last > first && (
        <Slider
          label={t('day')}
          value={doc.day}
          min={first}
          max={last}
          format={(day) => market.table.dates[day] ?? ''}
          onChange={lab.setDay}
          testId="day"
        />
      )}
      {(samples.length === 0 || !(market || reading)) && (
        <Button small onClick={() => void lab.listSamples()} data-testid="list-samples">
          {t('market.samples.again')}
        </Button>
      )}
    </div>
  )
}

/** A table pasted anywhere but into a box of text; a file pasted as a file. */
function usePastedTables(lab: PortfolioLab): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const { clipboardData: data, target } = event
      if (target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]')) return
      const file = data?.files[0]
      const text = data?.getData('text/plain') ?? ''
      if (file) void lab.showFile(file)
      else if (looksLikeTable(text)) void lab.showText(text)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [lab])
}
