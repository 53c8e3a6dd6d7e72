import type { LabViewProps } from '../definition.ts'
import { ChangeFrame } from '../shared/ChangeFrame.tsx'
import { LabFrame, NoRun } from '../shared/LabFrame.tsx'
import { StripFrame } from '../shared/StripFrame.tsx'
import { ToolDrawer } from '../shared/ToolDrawer.tsx'
import { toolOf } from '../shared/tool_groups.ts'
import { useLab } from '../shared/useLab.ts'
import { ColumnsStage } from './ColumnsStage.tsx'
import { help } from './help/help.ts'
import { changes } from './reasons.ts'
import type { TokenizersLab as TokenizersLabState } from './state/lab.ts'
import { TextInput } from './TextInput.tsx'
import { TokenizersReadouts } from './TokenizersReadouts.tsx'
import { TOKENIZER_TOOLS } from './tools/index.ts'
import { UnderlinedText } from './UnderlinedText.tsx'
import { t } from './words/words.ts'

/** One sentence, up to four tokenizers: what each makes of it, and what it does not know. */
export default function TokenizersLab({ lab, engine, ownModels }: LabViewProps<TokenizersLabState>) {
  const { model, doc, look, run, before, asked, shown } = useLab(lab.store)
  const training = useLab(lab.training)
  const tool = toolOf(TOKENIZER_TOOLS, look.tool)
  const frame = {
    lab,
    engine,
    testId: 'tokenizers-lab',
    loading: t('loading'),
    drawer: !!run && !!tool,
    computing: asked !== shown || training.status === 'running',
  }
  if (!model || !doc) return <LabFrame {...frame}>{null}</LabFrame>
  const changed = run && changes(before, run)
  return (
    <LabFrame {...frame}>
      <TextInput lab={lab} doc={doc} training={training} stale={!!run && run.trained.recipe !== doc.recipe} />
      <StripFrame className="lab-strip" label={t('strip')} help={help('strip')}>
        {run && <UnderlinedText lab={lab} run={run} />}
      </StripFrame>
      {run ? (
        <>
          <ChangeFrame help={help('change')}>
            {changed === null && <span className="muted">{t('change.none-yet')}</span>}
            {changed?.length === 0 && <span>{t('change.nothing')}</span>}
            {changed && changed.length > 0 && <span>{changed.join('; ')}</span>}
          </ChangeFrame>
          <ColumnsStage lab={lab} run={run} />
          <TokenizersReadouts lab={lab} run={run} />
          <ToolDrawer groups={TOKENIZER_TOOLS} chosen={look.tool} onChoose={(id) => lab.look({ tool: id })}>
            {tool && <tool.Tool lab={lab} engine={engine} ownModels={ownModels} run={run} />}
          </ToolDrawer>
        </>
      ) : (
        <NoRun
          pending={asked !== shown || training.status === 'running'}
          running={t('running')}
          title={t('nothing')}
          hint={t('nothing.hint')}
        />
      )}
    </LabFrame>
  )
}
