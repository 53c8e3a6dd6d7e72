import { useMemo } from 'react'
import { WORD_RULES } from '../../../tokenizers/recipe.ts'
import { IntegerField } from '../../../views/primitives/IntegerField.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Switch } from '../../../views/primitives/Switch.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { useLab } from '../../shared/useLab.ts'
import { help } from '../help/help.ts'
import { isGood } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { TokenizerToolProps } from './props.ts'

const SWITCHES = ['nfkc', 'lowercase', 'stripAccents', 'spaceCjk', 'splitDigits', 'byteFallback'] as const

/** The normaliser and the pre-tokeniser of our own columns, as switches, and the sentence after each part of the chosen one. */
export default function RecipeTool({ lab, run }: TokenizerToolProps) {
  const { doc } = useLab(lab.store)
  const column = run.columns[run.column]
  const stages = useMemo(() => (isGood(column) ? column.reading.stages : []), [column])
  if (!doc) return null
  const { recipe } = doc
  return (
    <>
      <Panel help={null} title={t('recipe')} lead={t('recipe.lead')} testId="recipe-tool">
        <div className="switches">
          {SWITCHES.map((name) => (
            <Switch
              key={name}
              label={t(`recipe.${name}`)}
              checked={recipe[name]}
              testId={`recipe-${name}`}
              onChange={(on) => lab.setRecipe({ [name]: on })}
            />
          ))}
        </div>
        <Select
          label={t('recipe.words')}
          hint={t(`recipe.words.${recipe.words}.hint`)}
          testId="recipe-words"
          value={recipe.words}
          options={WORD_RULES.map((rule) => ({ value: rule, label: t(`recipe.words.${rule}`) }))}
          onChange={(words) => lab.setRecipe({ words })}
        />
        <IntegerField
          inline
          label={t('recipe.min-frequency')}
          value={recipe.minFrequency}
          min={0}
          max={1000}
          testId="min-frequency"
          onChange={(minFrequency) => lab.setRecipe({ minFrequency }, 'frequency')}
        />
        <Segmented
          small
          showLabel
          label={t('recipe.pair-rule')}
          testId="pair-rule"
          value={recipe.pairRule}
          options={(['count', 'score'] as const).map((value) => ({
            value,
            label: t(`recipe.pair-rule.${value}`),
            title: t(`recipe.pair-rule.${value}.hint`),
          }))}
          onChange={(pairRule) => lab.setRecipe({ pairRule })}
        />
        {recipe.byteFallback && <p className="hint">{t('recipe.bytes.hint')}</p>}
      </Panel>
      <Panel
        help={help('stages')}
        title={t('stages', { column: column?.name ?? '' })}
        lead={t('stages.lead')}
        testId="stages"
      >
        <ol className="stages">
          <li>
            <h3>{t('stages.typed')}</h3>
            <p className="mono stage-text" dir="auto">
              {run.doc.text.slice(0, 2000)}
            </p>
          </li>
          {stages.map((stage, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place
            <li key={i} data-testid="stage-text">
              <h3 className="mono">{stage.part}</h3>
              {'text' in stage ? (
                <p className="mono stage-text" dir="auto">
                  {stage.text}
                </p>
              ) : (
                <p className="stage-words" dir="auto">
                  {stage.words.map((word, w) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
                    <span key={w} className="stage-word mono">
                      {word}
                    </span>
                  ))}
                </p>
              )}
            </li>
          ))}
        </ol>
        {stages.length === 0 && <p className="hint">{t('stages.none')}</p>}
      </Panel>
    </>
  )
}
