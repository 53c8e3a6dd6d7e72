import { useMemo, useState } from 'react'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { lengthOf } from '../../../engine/search.ts'
import { BeamTree } from '../../../views/charts/BeamTree.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Switch } from '../../../views/primitives/Switch.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { type BeamNode, beamTree, nodeAt } from '../../../viz/beam_tree.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { labelOf } from '../state/doc.ts'
import { type BeamPlan, type BeamRun, type Ranking, rank, searchBeams, searchPlan } from '../state/experiments/beams.ts'
import { EditedNote } from './EditedNote.tsx'
import { isTrained, shownOf, textOf } from './experiment.ts'
import { FinishedBeams } from './FinishedBeams.tsx'
import type { GenerateToolProps } from './props.ts'
import { t } from './words/words.ts'

const MOST_BEAMS = 8
const MOST_STEPS = 64

/** A beam search from the text on screen, as a tree; any length penalty orders what was found. */
export default function BeamTool(props: GenerateToolProps) {
  const { lab, engine, run } = props
  const { model, tokenizer } = useLab(lab.store)
  const [plan, setPlan] = useState<BeamPlan>({ beams: 4, maxNewTokens: 24, minNewTokens: 0, suppressEnd: false })
  const ids = run.request.input.ids
  const room = Math.min(MOST_STEPS, (model?.info.maxTokens ?? 0) - ids.length + 1)
  const written = run.tokens.filter(({ origin }) => origin.type === 'written').length
  const job = useJob<{ beams: BeamRun; written: number }>(async (step, signal) => {
    if (!model) throw new Error('a search was asked for before a model was loaded')
    const steps = Math.max(1, Math.min(plan.maxNewTokens, room))
    const fitting = { ...plan, maxNewTokens: steps, minNewTokens: Math.min(plan.minNewTokens, steps) }
    return { beams: await searchBeams(engine, model, ids, fitting, { signal, onStep: step }), written }
  }, model?.id)
  if (!model || !tokenizer) return null
  const trained = isTrained(shownOf(run, model))
  return (
    <Panel help={null} title={t('beams')} lead={t('beams.lead')} testId="beam-tool">
      <div className="tool-form experiment-form">
        <Slider
          label={t('beams.count')}
          min={1}
          max={MOST_BEAMS}
          value={plan.beams}
          onChange={(beams) => setPlan({ ...plan, beams })}
          testId="beam-count"
        />
        <Slider
          label={t('beams.steps')}
          min={1}
          max={MOST_STEPS}
          value={plan.maxNewTokens}
          onChange={(maxNewTokens) => setPlan({ ...plan, maxNewTokens })}
          testId="beam-steps"
        />
        <Slider
          label={t('beams.least')}
          min={0}
          max={MOST_STEPS}
          value={plan.minNewTokens}
          onChange={(minNewTokens) => setPlan({ ...plan, minNewTokens })}
          testId="beam-least"
        />
        <Switch
          label={t('beams.suppress')}
          checked={plan.suppressEnd}
          onChange={(suppressEnd) => setPlan({ ...plan, suppressEnd })}
          testId="beam-suppress"
        />
      </div>
      <EditedNote run={run} />
      {trained && room >= 1 ? (
        <JobBar action={t('beams.run')} {...job} onStart={job.start} onStop={job.stop} testId="beam-job" />
      ) : (
        <p className="hint">{trained ? t('short', { count: 1 }) : t('untrained')}</p>
      )}
      {job.result && <Found {...props} {...job.result} tokenizer={tokenizer} />}
    </Panel>
  )
}

/** @param written how many tokens had been written when the search began */
function Found({
  lab,
  run,
  beams,
  written,
  tokenizer,
}: GenerateToolProps & { beams: BeamRun; written: number; tokenizer: TokenizerInfo }) {
  const [ranking, setRanking] = useState<Ranking>({ lengthPenalty: 1, endCounts: true })
  const { plan, endTokens, prompt, trace } = beams
  const found = useMemo(() => rank(beams, ranking), [beams, ranking])
  const root = useMemo(() => beamTree(trace, found.steps), [trace, found.steps])
  const [chosen, setChosen] = useState<BeamNode>(root)
  // A tree of fewer or more steps has other nodes: the same tokens are found again.
  const selected = nodeAt(root, chosen.tokens) ?? root
  const search = searchPlan(plan, endTokens, ranking)
  const scoreOf = ({ tokens, score }: BeamNode) => score / lengthOf(tokens, search) ** ranking.lengthPenalty
  const ids = run.request.input.ids
  const isOf = prompt.every((id, i) => id === ids[i])
  const opened = isOf ? nodeAt(root, ids.slice(prompt.length)) : undefined
  const label = (token: number) => labelOf(tokenizer, token)
  const labelled = ({ tokens }: BeamNode) => (tokens.length === 0 ? t('beams.prompt') : label(tokens.at(-1) as number))
  const open = ({ tokens }: Pick<BeamNode, 'tokens'>) => {
    if (isOf) lab.writeBehind(written, tokens)
  }
  const best = useMemo(() => {
    const onTheWay = new Set<number>()
    const [first] = found.finished
    for (let at = first && nodeAt(root, first.tokens); at; at = at.parent ?? undefined) onTheWay.add(at.id)
    return onTheWay
  }, [found, root])
  const fateOf = (node: BeamNode) =>
    t(node.fate === 'on' && !node.lives ? 'beams.fate.dead' : `beams.fate.${node.fate}`)

  return (
    <>
      <div className="tool-form experiment-form">
        <Slider
          label={t('beams.penalty')}
          hint={t('beams.penalty.hint')}
          min={-2}
          max={4}
          step={0.1}
          value={ranking.lengthPenalty}
          format={(value) => decimal(value, 1)}
          onChange={(lengthPenalty) => setRanking({ ...ranking, lengthPenalty })}
          testId="beam-penalty"
        />
        <Switch
          label={t('beams.end.counts')}
          checked={ranking.endCounts}
          onChange={(endCounts) => setRanking({ ...ranking, endCounts })}
          testId="beam-end-counts"
        />
      </div>
      <p data-testid="beam-stopped">{t('beams.stopped', { steps: found.steps, all: trace.length })}</p>
      {!isOf && <p className="note">{t('beams.other')}</p>}
      <Chart
        title={t('beams.tree')}
        lead={t('beams.tree.lead')}
        made={madeBy(lab, run)}
        table={{
          columns: [t('beams.step'), t('beams.goes.on'), t('token'), t('beams.sum'), t('beams.score'), t('beams.fate')],
          rows: candidateRows(root, found.steps, scoreOf).map(({ node, token, score, scored, fate }) => [
            node.depth + 1,
            textOf(tokenizer, node.tokens) || t('beams.prompt'),
            label(token),
            score,
            scored,
            t(`beams.fate.${fate}`),
          ]),
        }}
        formats={['svg', 'csv', 'json']}
        testId="beam-figure"
      >
        <BeamTree
          name={t('beams.tree')}
          root={root}
          label={labelled}
          score={(node) => (node.depth === 0 ? '' : decimal(scoreOf(node), 2))}
          inWords={(node) =>
            t('beams.node', {
              text: textOf(tokenizer, node.tokens) || t('beams.prompt'),
              step: node.depth,
              sum: decimal(node.score, 2),
              score: decimal(scoreOf(node), 2),
              fate: fateOf(node),
            })
          }
          stubs={(node) =>
            t('beams.stubs', {
              count: node.stubs.length,
              tokens: node.stubs.map(({ token, score }) => `${label(token)} ${decimal(score, 2)}`).join(', '),
            })
          }
          selected={selected}
          best={best}
          opened={opened?.id}
          onSelect={setChosen}
          onOpen={open}
        />
      </Chart>
      <div className="row" data-testid="beam-selected">
        <span className="beam-prefix mono">{textOf(tokenizer, selected.tokens) || t('beams.prompt')}</span>
        <span className="hint">
          {t('beams.sum')} {decimal(selected.score, 3)}, {t('beams.score')} {decimal(scoreOf(selected), 3)},{' '}
          {fateOf(selected)}
        </span>
        <Button small disabled={!isOf} onClick={() => open(selected)} data-testid="beam-open">
          {t('beams.open')}
        </Button>
      </div>
      {selected.stubs.length > 0 && (
        <p className="hint" data-testid="beam-stubs">
          {t('beams.stubs', {
            count: selected.stubs.length,
            tokens: selected.stubs.map(({ token, score }) => `${label(token)} ${decimal(score, 2)}`).join(', '),
          })}
        </p>
      )}
      <FinishedBeams
        found={found}
        beams={beams}
        ranking={ranking}
        tokenizer={tokenizer}
        made={madeBy(lab, run)}
        onOpen={isOf ? open : undefined}
        onSelect={(tokens) => setChosen(nodeAt(root, tokens) ?? root)}
      />
    </>
  )
}

/** Every continuation that was looked at, step by step, for the table. */
function candidateRows(root: BeamNode, steps: number, scoreOf: (node: BeamNode) => number) {
  const rows: {
    node: BeamNode
    token: number
    score: number
    scored: number
    fate: 'on' | 'ended' | 'dropped' | 'pruned'
  }[] = []
  let level = [root]
  for (let step = 0; step < steps; step++) {
    for (const node of level) {
      for (const child of node.children) {
        const fate = child.fate === 'prompt' ? 'on' : child.fate
        rows.push({ node, token: child.tokens.at(-1) as number, score: child.score, scored: scoreOf(child), fate })
      }
      for (const { token, score, fate } of node.stubs) {
        const stub = { ...node, tokens: [...node.tokens, token], score }
        rows.push({ node, token, score, scored: scoreOf(stub), fate })
      }
    }
    level = level.flatMap(({ children }) => children)
  }
  return rows
}
