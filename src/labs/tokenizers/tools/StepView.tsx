import type { TrainedKind } from '../../../tokenizers/protocol.ts'
import type { TrainingStep } from '../../../tokenizers/train.ts'
import type { Candidate, MergeStep } from '../../../tokenizers/trainers/pairs.ts'
import type { LostPiece, ScoredPiece, UnigramStep } from '../../../tokenizers/trainers/unigram.ts'
import type { WordStep } from '../../../tokenizers/trainers/word_level.ts'
import { Rich } from '../../../views/Rich.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal, whole } from '../../../words/numbers.ts'
import { t } from '../words/words.ts'

export interface StepViewProps {
  step: TrainingStep
  made: TrainedKind
}

const mono = <b className="mono" />

/** What one step of a training chose, and among what. */
export function StepView({ step, made }: StepViewProps) {
  if ('merged' in step) return <Merge step={step} />
  if ('kind' in step) return <Round step={step} />
  return <Taken step={step} running={made.running} />
}

function Taken({ step, running }: { step: WordStep; running: number }) {
  return (
    <p data-testid="step">
      <Rich
        words={t}
        id="step.word"
        values={{ word: step.word, count: step.count, share: formatPercent(step.covered / running) }}
        tags={{ m: mono }}
      />
    </p>
  )
}

function Merge({ step }: { step: MergeStep }) {
  return (
    <>
      <p data-testid="step">
        <Rich
          words={t}
          id="step.merge"
          values={{ left: step.left, right: step.right, merged: step.merged, tokens: whole(step.tokens) }}
          tags={{ m: mono }}
        />
      </p>
      <table className="table" data-testid="candidates">
        <caption className="hint">{t('step.candidates')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('step.pair')}</th>
            <th scope="col">{t('step.count')}</th>
            <th scope="col">{t('step.score')}</th>
          </tr>
        </thead>
        <tbody>
          <CandidateRow one={step} chosen />
          {step.runnersUp.map((one) => (
            <CandidateRow key={`${one.left} ${one.right}`} one={one} />
          ))}
        </tbody>
      </table>
    </>
  )
}

function CandidateRow({ one, chosen }: { one: Candidate; chosen?: boolean }) {
  return (
    <tr data-chosen={chosen || undefined}>
      <th scope="row" className="mono">
        {`${one.left} + ${one.right}`}
      </th>
      <td className="mono">{whole(one.count)}</td>
      <td className="mono">{one.score.toExponential(2)}</td>
    </tr>
  )
}

function Round({ step }: { step: UnigramStep }) {
  switch (step.kind) {
    case 'seed':
      return (
        <>
          <p data-testid="step">{t('step.seed', { pieces: step.pieces })}</p>
          <Scores pieces={step.best} />
        </>
      )
    case 'em':
      return (
        <>
          <p data-testid="step">
            {t('step.em', {
              round: step.round,
              objective: decimal(step.objective, 3),
              pieces: step.pieces,
              dropped: step.dropped,
            })}
          </p>
          <Scores pieces={step.best} />
        </>
      )
    case 'prune':
      return (
        <>
          <p data-testid="step">
            {t('step.prune', {
              round: step.round,
              pieces: step.pieces,
              unused: step.unused,
              pruned: step.pruned,
              loss: decimal(step.loss, 4),
            })}
          </p>
          <Losses title={t('step.pruned')} pieces={step.last} />
          <Losses title={t('step.saved')} pieces={step.saved} />
        </>
      )
    case 'final':
      return (
        <>
          <p data-testid="step">{t('step.final', { pieces: step.pieces, cut: step.cut, added: step.added.length })}</p>
          {step.added.length > 0 && <p className="mono">{step.added.slice(0, 60).join(' ')}</p>}
          <Scores pieces={step.best} />
        </>
      )
  }
}

function Scores({ pieces }: { pieces: readonly ScoredPiece[] }) {
  return (
    <table className="table">
      <caption className="hint">{t('step.best')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('step.piece')}</th>
          <th scope="col">{t('step.log')}</th>
          <th scope="col">{t('step.probability')}</th>
        </tr>
      </thead>
      <tbody>
        {pieces.map(([piece, score]) => (
          <tr key={piece}>
            <th scope="row" className="mono">
              {piece}
            </th>
            <td className="mono">{decimal(score, 3)}</td>
            <td className="mono">{formatPercent(Math.exp(score))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Losses({ title, pieces }: { title: string; pieces: readonly LostPiece[] }) {
  if (pieces.length === 0) return null
  return (
    <table className="table">
      <caption className="hint">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('step.piece')}</th>
          <th scope="col">{t('step.loss')}</th>
        </tr>
      </thead>
      <tbody>
        {pieces.map(({ piece, loss }) => (
          <tr key={piece}>
            <th scope="row" className="mono">
              {piece}
            </th>
            <td className="mono">{loss.toExponential(2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
