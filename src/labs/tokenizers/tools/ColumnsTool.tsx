import { useId, useState } from 'react'
import { fetchPart } from '../../../core/fetch_part.ts'
import { EMBEDDED_MODELS } from '../../../state/embedded_models.ts'
import { KINDS } from '../../../tokenizers/recipe.ts'
import { saveFile } from '../../../views/charts/save.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { CopyButton } from '../../../views/primitives/CopyButton.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { fileName } from '../../../viz/table.ts'
import { whole } from '../../../words/numbers.ts'
import { useLab } from '../../shared/useLab.ts'
import { kindName, MOST_COLUMNS, type Source, sourceName, type TokenizersDoc } from '../state/doc.ts'
import { isGood, type ReadColumn } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { TokenizerToolProps } from './props.ts'

const TEXT_MODELS = EMBEDDED_MODELS.filter(({ can }) =>
  can.some((one) => one === 'reads text' || one === 'continues text' || one === 'rewrites text'),
)

/** What reads the text: trained here, of a model of the page, by name on the hub, by address, or a file. */
export default function ColumnsTool({ lab, run }: TokenizerToolProps) {
  const { doc } = useLab(lab.store)
  const [address, setAddress] = useState('')
  const id = useId()
  if (!doc) return null
  const replace = (place: number, source: Source) => lab.setColumns(doc.columns.with(place, source))
  return (
    <Panel
      help={null}
      title={t('columns.title')}
      lead={t('columns.lead', { most: MOST_COLUMNS })}
      testId="columns-tool"
    >
      <ol className="column-sources">
        {doc.columns.map((source, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          <li key={place}>
            <Select
              inline
              label={t('columns.place', { place: place + 1 })}
              testId={`column-${place}`}
              value={asValue(source)}
              options={optionsWith(source)}
              onChange={(value) => replace(place, sourceOfValue(value) ?? source)}
            />
            {doc.columns.length > 1 && (
              <Button
                small
                look="quiet"
                aria-label={t('columns.remove.of', { column: sourceName(source) })}
                onClick={() => lab.setColumns(doc.columns.toSpliced(place, 1))}
              >
                {t('columns.remove')}
              </Button>
            )}
            <ColumnFacts column={run.columns[place]} doc={run.doc} />
          </li>
        ))}
      </ol>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          lab.addAddress(address)
        }}
      >
        <label htmlFor={id}>{t('columns.address')}</label>
        <input
          id={id}
          className="input"
          data-testid="tokenizer-address"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <Button type="submit" data-testid="add-address">
          {t('columns.add')}
        </Button>
      </form>
      <label className="row">
        <span>{t('columns.file')}</span>
        <input
          type="file"
          accept=".json,application/json"
          data-testid="tokenizer-file"
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) void lab.showFile(file)
            event.target.value = ''
          }}
        />
      </label>
      <p className="hint">{t('columns.full', { most: MOST_COLUMNS })}</p>
    </Panel>
  )
}

function ColumnFacts({ column, doc }: { column: ReadColumn | undefined; doc: TokenizersDoc }) {
  if (!isGood(column)) return null
  const { info, json, name, source } = column
  const file = fileName([name, 'tokenizer'], 'json')
  return (
    <span className="row">
      <span className="hint">
        {t('columns.facts', { kind: kindName(info.kind), vocabulary: whole(info.vocabulary) })}
      </span>
      <Button small data-testid="export-tokenizer" onClick={() => saveFile(file, json, 'application/json')}>
        {t('columns.export')}
      </Button>
      <CopyButton
        small
        label={t('columns.python')}
        testId="copy-python"
        text={async () => {
          const { snippetOf } = await fetchPart(() => import('../state/python.ts'))
          return snippetOf(source, file, doc.text, doc.parsesSpecials)
        }}
      />
    </span>
  )
}

const known: readonly Source[] = [
  ...KINDS.map((kind): Source => ({ type: 'trained', kind })),
  ...TEXT_MODELS.map(({ id }): Source => ({ type: 'model', id })),
]
const asValue = (source: Source) => JSON.stringify(source)

/** The usual sources, and this one where it is from elsewhere. */
function optionsWith(source: Source) {
  const all = known.some((one) => asValue(one) === asValue(source)) ? known : [...known, source]
  return all.map((one) => ({
    value: asValue(one),
    label: one.type === 'trained' ? t('columns.trained', { kind: kindName(one.kind) }) : sourceName(one),
  }))
}

function sourceOfValue(value: string): Source | undefined {
  return known.find((one) => asValue(one) === value)
}
